package io.capbench.engine.explain;

import io.capbench.engine.text.SubCaption;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A grounding as bytes, so that a workspace can keep it. Numbers stay as they are; the caption's
 * text is not among them. Little endian:
 *
 * <pre>
 * header    "CBGR", version, CRC-32C of what follows
 * caption   length and hash code, so that no other caption's grounding is ever shown
 * model     sha256, projected, logit scale
 * grid      rows, columns; left, top, width, height as doubles
 * maps      [P] rollout, [P] CLS attention; L and the number of sub-captions
 * each      start, end, similarity, [L][P] relevance, [P] patch similarity, W,
 *           and W times start, end, [P] similarity
 * </pre>
 */
public final class GroundingCodec {
  private static final int MAGIC = 0x52474243; // "CBGR" as bytes
  private static final int VERSION = 1;
  private static final int HEADER = 3 * Integer.BYTES;

  private GroundingCodec() {}

  /**
   * Writes a grounding.
   *
   * @param caption the whole caption that was grounded
   */
  public static byte[] encode(Grounding grounding, String caption) {
    int layers = layers(grounding);
    ByteBuffer out = ByteBuffer.allocate(size(grounding)).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(MAGIC).putInt(VERSION).putInt(0);
    out.putInt(caption.length()).putInt(caption.hashCode());
    byte[] sha = grounding.modelSha256().getBytes(StandardCharsets.UTF_8);
    out.putInt(sha.length).put(sha);
    out.put((byte) (grounding.projected() ? 1 : 0)).putFloat(grounding.logitScale());
    PatchGrid grid = grounding.grid();
    out.putInt(grid.rows()).putInt(grid.columns());
    out.putDouble(grid.left()).putDouble(grid.top());
    out.putDouble(grid.width()).putDouble(grid.height());
    put(out, grounding.rollout());
    put(out, grounding.clsAttention());
    out.putInt(layers).putInt(grounding.subCaptions().size());
    for (SubCaptionGrounding part : grounding.subCaptions()) {
      put(out, part);
    }
    out.putInt(HEADER - Integer.BYTES, checksum(out.array()));
    return out.array();
  }

  private static void put(ByteBuffer out, SubCaptionGrounding part) {
    out.putInt(part.subCaption().start()).putInt(part.subCaption().end());
    out.putFloat(part.similarity());
    part.relevance().forEach(map -> put(out, map));
    put(out, part.patchSimilarity());
    out.putInt(part.tokens().size());
    for (TokenGrounding token : part.tokens()) {
      out.putInt(token.start()).putInt(token.end());
      put(out, token.similarity());
    }
  }

  private static void put(ByteBuffer out, PatchMap map) {
    for (int p = 0; p < map.patches(); p++) {
      out.putFloat(map.get(p));
    }
  }

  private static int layers(Grounding grounding) {
    return grounding.subCaptions().isEmpty()
        ? 0
        : grounding.subCaptions().get(0).relevance().size();
  }

  private static int size(Grounding grounding) {
    int map = grounding.grid().patches() * Float.BYTES;
    int size = HEADER + 3 * Integer.BYTES;
    size += grounding.modelSha256().getBytes(StandardCharsets.UTF_8).length;
    size += 1 + Float.BYTES + 2 * Integer.BYTES + 4 * Double.BYTES;
    size += 2 * map + 2 * Integer.BYTES;
    for (SubCaptionGrounding part : grounding.subCaptions()) {
      size += 3 * Integer.BYTES + Float.BYTES + (part.relevance().size() + 1) * map;
      size += part.tokens().size() * (2 * Integer.BYTES + map);
    }
    return size;
  }

  /**
   * Reads a grounding.
   *
   * @param caption the caption that it should be of
   * @return none if it was written by another version of Capbench, is of another caption, or is
   *     damaged: it is to be computed again then
   */
  public static Optional<Grounding> decode(byte[] bytes, String caption) {
    if (bytes.length < HEADER + 2 * Integer.BYTES) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    boolean readable =
        in.getInt() == MAGIC
            && in.getInt() == VERSION
            && in.getInt() == checksum(bytes)
            && in.getInt() == caption.length()
            && in.getInt() == caption.hashCode();
    return readable ? Optional.of(read(in, caption)) : Optional.empty();
  }

  private static Grounding read(ByteBuffer in, String caption) {
    byte[] sha = new byte[in.getInt()];
    in.get(sha);
    boolean projected = in.get() != 0;
    float logitScale = in.getFloat();
    PatchGrid grid =
        new PatchGrid(
            in.getInt(),
            in.getInt(),
            in.getDouble(),
            in.getDouble(),
            in.getDouble(),
            in.getDouble());
    int patches = grid.patches();
    PatchMap rollout = map(in, patches);
    PatchMap clsAttention = map(in, patches);
    int layers = in.getInt();
    int count = in.getInt();
    List<SubCaptionGrounding> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add(part(in, caption, layers, patches));
    }
    return new Grounding(
        new String(sha, StandardCharsets.UTF_8),
        grid,
        projected,
        logitScale,
        rollout,
        clsAttention,
        List.copyOf(parts));
  }

  private static SubCaptionGrounding part(ByteBuffer in, String caption, int layers, int patches) {
    int start = in.getInt();
    int end = in.getInt();
    float similarity = in.getFloat();
    List<PatchMap> relevance = new ArrayList<>();
    for (int l = 0; l < layers; l++) {
      relevance.add(map(in, patches));
    }
    PatchMap patchSimilarity = map(in, patches);
    int words = in.getInt();
    List<TokenGrounding> tokens = new ArrayList<>();
    for (int w = 0; w < words; w++) {
      tokens.add(new TokenGrounding(in.getInt(), in.getInt(), map(in, patches)));
    }
    return new SubCaptionGrounding(
        new SubCaption(caption.substring(start, end), start, end),
        similarity,
        List.copyOf(relevance),
        patchSimilarity,
        List.copyOf(tokens));
  }

  private static PatchMap map(ByteBuffer in, int patches) {
    float[] values = new float[patches];
    for (int p = 0; p < patches; p++) {
      values[p] = in.getFloat();
    }
    return PatchMap.of(values);
  }

  private static int checksum(byte[] bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, HEADER, bytes.length - HEADER);
    return (int) sum.getValue();
  }
}
