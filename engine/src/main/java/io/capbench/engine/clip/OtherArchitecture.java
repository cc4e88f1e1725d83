package io.capbench.engine.clip;

import io.capbench.engine.weights.Checkpoint;
import io.capbench.engine.weights.TensorInfo;
import java.util.List;
import java.util.Optional;

/** Knows models that are not CLIP by the names of their tensors, to say what was opened instead. */
final class OtherArchitecture {
  /** What a name begins with, and whose it is; the first that fits counts. */
  private static final List<Mark> MARKS =
      List.of(
          new Mark("model.embed_tokens.", "a language model such as LLaMA"),
          new Mark("model.layers.", "a language model such as LLaMA"),
          new Mark("language_model.", "a vision-language model such as LLaVA"),
          new Mark("transformer.h.", "a language model such as GPT-2"),
          new Mark("model.diffusion_model.", "a diffusion model"),
          new Mark("down_blocks.", "a diffusion model"),
          new Mark("visual.layer1.", "a CLIP model with a ResNet"),
          new Mark("visual.trunk.", "a CLIP model with a vision tower of the timm library"),
          new Mark("visual.attn_pool.", "a CoCa model"),
          new Mark("text_decoder.", "a captioning model such as CoCa or BLIP"),
          new Mark("vision_model.head.", "a SigLIP model"),
          new Mark("text.transformer.encoder.", "a CLIP model with a BERT text tower"),
          new Mark("text.transformer.embeddings.", "a CLIP model with a BERT text tower"),
          new Mark("bert.", "a BERT model"),
          new Mark("vit.", "an image classifier"),
          new Mark("blocks.0.attn.qkv.", "an image classifier"),
          new Mark("fc.", "an image classifier"));

  private OtherArchitecture() {}

  /** What a checkpoint is if it is known and not CLIP: "a BERT model". */
  static Optional<String> of(Checkpoint checkpoint) {
    List<String> names = checkpoint.tensors().stream().map(TensorInfo::name).toList();
    return MARKS.stream()
        .filter(mark -> names.stream().anyMatch(name -> name.startsWith(mark.prefix())))
        .map(Mark::model)
        .findFirst();
  }

  private record Mark(String prefix, String model) {}
}
