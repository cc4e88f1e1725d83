package io.capbench.app.gui;

import io.capbench.engine.fusion.ApiKey;
import io.capbench.engine.fusion.EndpointAddress;
import io.capbench.engine.fusion.EndpointFuser;
import io.capbench.engine.fusion.EndpointOptions;
import io.capbench.engine.fusion.Fuser;
import io.capbench.engine.fusion.FusionDefaults;
import io.capbench.engine.fusion.FusionPrompt;
import io.capbench.engine.fusion.LocalFuserLoader;
import io.capbench.engine.fusion.LocalOptions;
import io.capbench.engine.llama.Precision;
import io.capbench.engine.weights.ModelAdvice;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import io.capbench.viewer.fuse.FuserChoice;
import io.capbench.viewer.fuse.FuserOpener;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Loads models that merge captions for the window, on the GPU where there is one, with their own
 * prompt and search or those of CapsFusion; or prepares to ask a server.
 *
 * @param loader reads the files
 * @param environment where the keys of servers are
 */
record FusionOpener(LocalFuserLoader loader, Map<String, String> environment)
    implements FuserOpener {

  @Override
  public Fuser open(FuserChoice choice, JobContext context) {
    String endpoint = choice.endpoint();
    String folder = choice.folder();
    if (endpoint != null) {
      String variable = choice.keyVariable();
      return new EndpointFuser(
          EndpointAddress.of(endpoint, null),
          choice.model(),
          variable == null ? null : ApiKey.from(variable, environment),
          FusionPrompt.capsFusion(),
          EndpointOptions.usual(),
          null);
    }
    Path model = path(folder);
    FusionDefaults defaults = FusionDefaults.of(model);
    LocalOptions usual = LocalOptions.original();
    LocalOptions options =
        new LocalOptions(
            choice.int8() ? Precision.INT8 : usual.precision(),
            usual.device(),
            defaults.search(),
            usual.promptTokens(),
            usual.strictOriginal(),
            usual.rows());
    return loader.load(model, defaults.prompt(), options, context);
  }

  @Override
  public @Nullable String note(FuserChoice choice) {
    String folder = choice.folder();
    return folder == null ? null : ModelAdvice.of(path(folder)).note();
  }

  private static Path path(@Nullable String folder) {
    try {
      return Path.of(folder == null ? "" : folder);
    } catch (InvalidPathException e) {
      throw new CapbenchException(folder + " is no folder here; choose another", e);
    }
  }
}
