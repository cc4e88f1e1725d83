package io.capbench.app.cli;

import picocli.CommandLine.Command;

/** Groups the commands on models. */
@Command(
    name = "models",
    description = "Lists, fetches and checks models. docs/models.md says where they come from.",
    synopsisSubcommandLabel = "COMMAND")
final class ModelsCommand {}
