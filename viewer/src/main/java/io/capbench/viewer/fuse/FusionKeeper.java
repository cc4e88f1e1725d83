package io.capbench.viewer.fuse;

import io.capbench.engine.fusion.Finish;
import io.capbench.engine.fusion.FusedCaption;
import io.capbench.engine.fusion.FuserDescription;
import io.capbench.engine.text.Detectors;
import io.capbench.engine.text.Flag;
import io.capbench.storage.model.CaptionRow;
import io.capbench.storage.model.CaptionTrack;
import io.capbench.storage.model.RowKey;
import io.capbench.storage.workspace.FusedCaptions;
import io.capbench.storage.workspace.FuserIdentity;
import io.capbench.storage.workspace.Fusion;
import io.capbench.storage.workspace.FusionColumns;
import io.capbench.storage.workspace.KnownFuser;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps what one fuser makes of two tracks, with what the detectors find in it. Thread-safe. */
final class FusionKeeper {
  private final FusedCaptions captions;
  private final KnownFuser fuser;
  private final CaptionTrack raw;
  private final CaptionTrack synthetic;
  private final FusionColumns columns;
  private final Detectors detectors = new Detectors();

  /**
   * Makes the fuser known to the workspace.
   *
   * @param raw the track with the raw captions
   * @param synthetic the track with the synthetic captions
   * @throws io.capbench.storage.model.CapbenchException if that cannot be written
   */
  FusionKeeper(
      FusedCaptions captions, FuserDescription by, CaptionTrack raw, CaptionTrack synthetic) {
    this.captions = captions;
    this.raw = raw;
    this.synthetic = synthetic;
    this.columns = new FusionColumns(raw.column(), synthetic.column());
    this.fuser =
        captions.use(
            new FuserIdentity(by.sha256(), by.promptSha256(), by.dtype(), by.decoding()),
            by.name());
  }

  @Nullable String raw(CaptionRow row) {
    return row.caption(raw.name());
  }

  @Nullable String synthetic(CaptionRow row) {
    return row.caption(synthetic.name());
  }

  /** What was made of these rows before. */
  Map<RowKey, Fusion> known(Collection<RowKey> keys) {
    return captions.of(fuser, columns, keys);
  }

  /** What was made of the same two captions in another row. */
  Optional<Fusion> same(CaptionRow row) {
    return captions
        .ofSameParents(fuser, hash(row))
        .map(
            other ->
                new Fusion(
                    row.key(),
                    other.parentsHash(),
                    other.text(),
                    other.score(),
                    other.finish(),
                    other.flags(),
                    null));
  }

  /** A caption as it is kept. */
  Fusion fused(CaptionRow row, FusedCaption caption) {
    String text = caption.text();
    Set<Flag> found = EnumSet.noneOf(Flag.class);
    found.addAll(detectors.detect(raw(row), synthetic(row), text));
    if (caption.finish() == Finish.LENGTH) {
      found.add(Flag.TRUNCATED);
    }
    List<String> flags = found.stream().map(Flag::id).toList();
    Double score = Double.isFinite(caption.score()) ? caption.score() : null;
    return new Fusion(row.key(), hash(row), text, score, caption.finish().id(), flags, null);
  }

  /** A row that cannot be merged, as it is kept. */
  Fusion failed(CaptionRow row, String reason) {
    return Fusion.failed(row.key(), hash(row), reason);
  }

  /** Keeps them, durable before this returns. */
  void keep(Collection<Fusion> fusions) {
    captions.put(fuser, columns, fusions);
  }

  private String hash(CaptionRow row) {
    return Fusion.parentsHash(raw(row), synthetic(row));
  }
}
