package io.capbench.app.cli;

import picocli.CommandLine.Command;

/** Groups the commands on decisions. */
@Command(
    name = "review",
    description = "Reads what people decided, and brings it to rewritten shards.",
    synopsisSubcommandLabel = "COMMAND")
final class ReviewCommand {}
