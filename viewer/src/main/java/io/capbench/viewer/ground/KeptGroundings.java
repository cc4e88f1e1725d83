package io.capbench.viewer.ground;

import io.capbench.engine.explain.Grounding;
import io.capbench.engine.explain.GroundingCodec;
import io.capbench.storage.model.CapbenchException;
import io.capbench.storage.workspace.ResultKey;
import io.capbench.storage.workspace.Workspace;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The groundings in a workspace. Thread-safe; every call uses the disk. */
public final class KeptGroundings {
  private static final Logger LOG = LoggerFactory.getLogger(KeptGroundings.class);

  /** To be changed when grounding gives other numbers for the same weights. */
  private static final String METHOD = "grounding/1/";

  private final Workspace workspace;

  /** Keeps groundings in that workspace, unless it can only be read. */
  public KeptGroundings(Workspace workspace) {
    this.workspace = workspace;
  }

  private static ResultKey key(LookedAt what, String model) {
    return ResultKey.of(what.row().key(), what.caption(), model, METHOD + what.rule().id());
  }

  /**
   * What was found earlier.
   *
   * @param model hash of the model
   */
  Optional<Grounding> find(LookedAt what, String model) {
    return workspace
        .results()
        .get(key(what, model))
        .flatMap(bytes -> GroundingCodec.decode(bytes, what.caption()))
        .filter(found -> found.subCaptions().size() == what.subCaptions().size());
  }

  /** Keeps what was found; without room for it, it is found anew another time. */
  void keep(LookedAt what, Grounding found) {
    if (workspace.readOnly()) {
      return;
    }
    try {
      workspace
          .results()
          .put(key(what, found.modelSha256()), GroundingCodec.encode(found, what.caption()));
    } catch (CapbenchException e) {
      LOG.warn("A grounding was not kept", e);
    }
  }
}
