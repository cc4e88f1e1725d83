package io.capbench.engine.explain;

import java.nio.file.Path;
import java.util.List;

/**
 * What a person and a script are told of a loaded model.
 *
 * @param name the folder's or file's name
 * @param folder where it was read
 * @param architecture for example "CLIP ViT-B/16"
 * @param parameters number of weights
 * @param dtype what the weights are stored as: "F32", "F16", "BF16"
 * @param layers blocks of the vision tower
 * @param width width of the vision tower
 * @param imageSize pixels of a side of the model's input
 * @param patchSize pixels of a side of a patch
 * @param tokenizer what cuts captions into tokens, or "none"
 * @param sha256 identifies weights and configuration, lower-case hex
 * @param device where it runs: "cpu", "gpu0"
 * @param problems what is missing or odd without keeping the model from running
 */
public record ModelDescription(
    String name,
    Path folder,
    String architecture,
    long parameters,
    String dtype,
    int layers,
    int width,
    int imageSize,
    int patchSize,
    String tokenizer,
    String sha256,
    String device,
    List<String> problems) {}
