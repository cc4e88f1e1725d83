package io.capbench.engine.fusion;

/**
 * What decides on the captions that a fuser makes, beside the captions it is given.
 *
 * @param name of the model, for people and for the track's name: the folder's, or the endpoint's
 *     model
 * @param sha256 identifies the model, lower-case hex: its weights, configuration and tokenizer, or
 *     the endpoint's address and model name
 * @param dtype what it computes in: "f32", "bf16", "int8"; empty where a server decides
 * @param device where it runs: "cpu", "gpu0"; the server's host and port
 * @param promptSha256 identifies the prompt, lower-case hex
 * @param decoding how text is generated and prompts are shortened, always written the same way,
 *     such as {@code beams=3 max_new=80 scoring=hf428}
 */
public record FuserDescription(
    String name,
    String sha256,
    String dtype,
    String device,
    String promptSha256,
    String decoding) {}
