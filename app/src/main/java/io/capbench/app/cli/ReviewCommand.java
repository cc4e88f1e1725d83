package io.capbench.app.cli;

import picocli.CommandLine.Command;

/** Groups the commands on decisions. */
@Command(
    name = "review",
    description = "Reads what people decided.",
    synopsisSubcommandLabel = "COMMAND")
final class ReviewCommand {}
