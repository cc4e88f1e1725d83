package io.capbench.engine.fusion;

import io.capbench.storage.job.JobContext;
import java.util.Iterator;
import java.util.function.Consumer;

/** Merges captions with one language model. One call at a time; whoever opens it closes it. */
public interface Fuser extends AutoCloseable {

  /** What model, prompt and options it is. */
  FuserDescription description();

  /**
   * Merges one pair and shows how the text grows.
   *
   * @param part is told the whole text so far, on the calling thread; with several beams, a later
   *     text may replace an earlier one instead of going on
   * @param context asked between tokens whether to stop
   * @throws io.capbench.storage.model.CapbenchException if that does not work, saying why
   * @throws java.util.concurrent.CancellationException if cancelled
   */
  FusedCaption fuse(CaptionPair captions, Consumer<String> part, JobContext context);

  /**
   * Merges pairs until there are no more, several at the same time. A pair that cannot be merged is
   * a reason in the sink and does not end the work.
   *
   * @param pairs taken a few at a time, as there is room for them, on the calling thread
   * @param sink is told of each pair as soon as it is finished, on the calling thread
   * @param context asked whether to stop, on the calling thread and, while the work waits, many
   *     times a minute; progress is the caller's, who knows how many there are
   * @throws io.capbench.storage.model.CapbenchException if no pair can be merged any more: memory
   *     ran out, a server is gone or refuses the key
   * @throws java.util.concurrent.CancellationException if cancelled; pairs in flight are lost
   */
  <K> void fuseAll(Iterator<KeyedPair<K>> pairs, FusionSink<K> sink, JobContext context);

  /** Frees the model or ends the connections. */
  @Override
  void close();
}
