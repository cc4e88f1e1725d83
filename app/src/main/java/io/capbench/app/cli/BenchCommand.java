package io.capbench.app.cli;

import picocli.CommandLine.Command;

/** Groups the benchmarks. */
@Command(
    name = "bench",
    description = "Measures how fast Capbench is on this machine.",
    synopsisSubcommandLabel = "COMMAND")
final class BenchCommand {}
