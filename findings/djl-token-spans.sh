#!/usr/bin/env bash
# DJL 0.35.1 (ai.djl.huggingface:tokenizers): positions of tokens do not count Java's characters.
#
# Encoding.getCharTokenSpans says where in a text each token stands. The library behind it is written in
# Rust and counts code points; Java's String counts UTF-16 units. Behind an emoji, which is one of the
# former and two of the latter, substring() with these positions is off by one, behind the second by
# two. Texts without such characters, which tests usually are, come out right.
. "$(dirname "$0")/common.sh"

packages ai.djl.huggingface:tokenizers:0.35.1 org.slf4j:slf4j-nop:2.0.17

program << 'JAVA'
import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

class Finding {
  private static final String TOKENIZER =
      """
      {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [], "normalizer": null,
       "pre_tokenizer": {"type": "WhitespaceSplit"}, "post_processor": null, "decoder": null,
       "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "red": 1, "boat": 2}}}
      """;

  public static void main(String[] args) throws Exception {
    try (HuggingFaceTokenizer tokenizer =
        HuggingFaceTokenizer.newInstance(
            new ByteArrayInputStream(TOKENIZER.getBytes(StandardCharsets.UTF_8)), Map.of())) {
      for (int emojis = 0; emojis <= 2; emojis++) {
        String text = "\uD83D\uDEA4 ".repeat(emojis) + "red boat";
        Encoding encoding = tokenizer.encode(text);
        int last = encoding.getTokens().length - 1;
        CharSpan span = encoding.getCharTokenSpans()[last];
        System.out.println(
            emojis
                + " emojis: "
                + encoding.getTokens()[last]
                + " stands at '"
                + text.substring(span.getStart(), span.getEnd())
                + "'");
      }
    }
  }
}
JAVA

seen << 'SEEN'
0 emojis: boat stands at 'boat'
1 emojis: boat stands at ' boa'
2 emojis: boat stands at 'd bo'
SEEN
