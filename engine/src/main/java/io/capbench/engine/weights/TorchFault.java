package io.capbench.engine.weights;

import io.capbench.storage.model.CapbenchException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Says what is wrong with a PyTorch file.
 *
 * @param path the file
 */
record TorchFault(Path path) {

  CapbenchException damaged(String cause) {
    return damaged(cause, null);
  }

  CapbenchException damaged(String cause, @Nullable Exception e) {
    return new CapbenchException(
        path + " is not a whole PyTorch checkpoint: " + cause + ". Copy or download it again.", e);
  }

  /** For what may be right but is not read here. */
  CapbenchException unsupported(String cause) {
    return new CapbenchException(
        path
            + " is a PyTorch checkpoint that "
            + cause
            + ". Use the model's safetensors files, or save its state_dict alone with"
            + " torch.save(model.state_dict(), FILE).");
  }

  /** For a class or function that has no business in a checkpoint. */
  CapbenchException refused(PickleGlobal global) {
    return new CapbenchException(
        path
            + " asks for "
            + ShownName.of(global.qualified())
            + ", which weights do not need; it was refused, and nothing of the file was run. A"
            + " checkpoint from a stranger that does this may be an attack: do not load it with"
            + " PyTorch either. If it is yours, save its state_dict alone, best as safetensors.");
  }
}
