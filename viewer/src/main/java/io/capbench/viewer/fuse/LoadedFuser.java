package io.capbench.viewer.fuse;

import io.capbench.engine.fusion.CaptionPair;
import io.capbench.engine.fusion.FusedCaption;
import io.capbench.engine.fusion.Fuser;
import io.capbench.engine.fusion.FuserDescription;
import io.capbench.engine.fusion.FusionSink;
import io.capbench.engine.fusion.KeyedPair;
import io.capbench.storage.job.JobContext;
import java.util.Iterator;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fuser that is not freed while it works. Thread-safe; one caller at a time gets its turn, in the
 * order in which they came.
 */
public final class LoadedFuser {
  private static final Logger LOG = LoggerFactory.getLogger(LoadedFuser.class);

  private final Fuser fuser;
  private final FuserDescription description;
  private final ReentrantLock turn = new ReentrantLock(true);
  private boolean closed;

  LoadedFuser(Fuser fuser) {
    this.fuser = fuser;
    this.description = fuser.description();
  }

  /** What it is. */
  public FuserDescription description() {
    return description;
  }

  /** Whether somebody waits for a turn: whoever merges many rows should let it pass. */
  boolean wanted() {
    return turn.hasQueuedThreads();
  }

  /** Merges one pair as {@link Fuser#fuse} does, in its turn. */
  FusedCaption fuse(CaptionPair captions, Consumer<String> part, JobContext context) {
    return inTurn(
        () -> {
          context.checkCancelled();
          return fuser.fuse(captions, part, context);
        });
  }

  /** Merges pairs as {@link Fuser#fuseAll} does, in one turn. */
  <K> void fuseAll(Iterator<KeyedPair<K>> pairs, FusionSink<K> sink, JobContext context) {
    inTurn(
        () -> {
          context.checkCancelled();
          fuser.fuseAll(pairs, sink, context);
          return true;
        });
  }

  private <T> T inTurn(Supplier<T> work) {
    turn.lock();
    try {
      if (closed) {
        throw new CancellationException("The fuser was let go");
      }
      return work.get();
    } finally {
      turn.unlock();
    }
  }

  /** Frees it as soon as it is idle. Idempotent. */
  void close() {
    turn.lock();
    try {
      free();
    } finally {
      turn.unlock();
    }
  }

  /** Frees it if it is idle: weights must not go while a thread reads them. */
  void closeIfIdle() {
    if (turn.tryLock()) {
      try {
        free();
      } finally {
        turn.unlock();
      }
    } else {
      LOG.warn("{} is still at work and stays in memory until the program ends", description);
    }
  }

  private void free() {
    if (!closed) {
      closed = true;
      fuser.close();
    }
  }
}
