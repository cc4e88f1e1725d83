package io.capbench.viewer.fuse;

import io.capbench.engine.fusion.CaptionPair;
import io.capbench.engine.fusion.FusedCaption;
import io.capbench.engine.fusion.Fuser;
import io.capbench.engine.fusion.FuserDescription;
import io.capbench.engine.fusion.FusionSink;
import io.capbench.engine.fusion.KeyedPair;
import io.capbench.storage.job.JobContext;
import io.capbench.viewer.jobs.SharedModel;
import java.util.Iterator;
import java.util.function.Consumer;

/**
 * The window's fuser, in turns: whoever merges many rows lets a person pass who merges one. Any
 * number may be made of one model, one for each thread. Closing it does nothing: the model belongs
 * to the window.
 */
final class SharedFuser implements Fuser {
  private final SharedModel<Fuser> model;

  SharedFuser(SharedModel<Fuser> model) {
    this.model = model;
  }

  @Override
  public FuserDescription description() {
    return model.aside().description();
  }

  @Override
  public FusedCaption fuse(CaptionPair captions, Consumer<String> part, JobContext context) {
    return model.use(
        fuser -> {
          context.checkCancelled();
          return fuser.fuse(captions, part, context);
        });
  }

  @Override
  public <K> void fuseAll(Iterator<KeyedPair<K>> pairs, FusionSink<K> sink, JobContext context) {
    while (pairs.hasNext()) {
      context.checkCancelled();
      model.use(
          fuser -> {
            fuser.fuseAll(new Turn<>(pairs), sink, context);
            return true;
          });
    }
  }

  /** The pairs of one turn, at least one, which ends early if somebody else wants the model. */
  private final class Turn<K> implements Iterator<KeyedPair<K>> {
    private final Iterator<KeyedPair<K>> pairs;
    private boolean begun;

    Turn(Iterator<KeyedPair<K>> pairs) {
      this.pairs = pairs;
    }

    @Override
    public boolean hasNext() {
      return !(begun && model.wanted()) && pairs.hasNext();
    }

    @Override
    public KeyedPair<K> next() {
      begun = true;
      return pairs.next();
    }
  }

  @Override
  public void close() {}
}
