package io.capbench.viewer.ground;

import io.capbench.engine.explain.Grounding;
import io.capbench.storage.image.ImageBytes;
import io.capbench.storage.image.ImageException;
import io.capbench.storage.image.ImageSource;
import io.capbench.storage.job.JobContext;
import io.capbench.storage.job.JobRunner;
import io.capbench.storage.job.Lane;
import io.capbench.storage.job.Progress;
import io.capbench.storage.model.CapbenchException;
import io.capbench.viewer.jobs.LatestRequest;
import io.capbench.viewer.jobs.SharedModel;
import io.capbench.viewer.jobs.ToldProgress;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks for groundings, of which only that of the newest caption counts: first among those kept,
 * then the image from its source, on the IO lane, because a slow host must not hold up the model;
 * then the model. FX thread only.
 */
final class GroundingRequests {
  /** 64 MB. */
  private static final long CACHED_NUMBERS = 16L << 20;

  private final KeptGroundings kept;
  private final Executor fx;
  private final Consumer<GroundState> told;
  private final LatestRequest reading;
  private final LatestRequest looking;
  private final GroundingCache cache = new GroundingCache(CACHED_NUMBERS);
  private int newest;

  GroundingRequests(KeptGroundings kept, JobRunner jobs, Executor fx, Consumer<GroundState> told) {
    this.kept = kept;
    this.fx = fx;
    this.told = told;
    this.reading = new LatestRequest(jobs, fx);
    this.looking = new LatestRequest(jobs, fx);
  }

  /**
   * What a caption needs before the model can look.
   *
   * @param kept what was found earlier, or null
   * @param image what to look at, or null if there is none
   * @param problem why there is none
   */
  private record Read(@Nullable Grounding kept, @Nullable ImageBytes image, String problem) {}

  /** Looks at a caption, in place of the one before. */
  void start(LookedAt what, ImageSource images, SharedModel<OpenModel> model) {
    drop();
    Grounding known = cache.get(key(what, model));
    if (known != null) {
      told.accept(new GroundState.Found(known));
      return;
    }
    reading.start(new Reading(what, images, model, newest));
  }

  /** Stops what is under way and says so. */
  void cancel() {
    reading.cancel();
    looking.cancel();
  }

  /** Stops what is under way, and says nothing of it any more. */
  void drop() {
    newest++;
    cancel();
  }

  /** Stops what is under way for good. */
  void close() {
    newest++;
    reading.close();
    looking.close();
  }

  private static GroundingCache.Key key(LookedAt what, SharedModel<OpenModel> model) {
    return new GroundingCache.Key(
        what.row().key(), what.caption(), what.rule(), model.aside().description().sha256());
  }

  private void tell(int number, GroundState state) {
    if (number == newest) {
      told.accept(state);
    }
  }

  private void fail(int number, String sentence) {
    tell(
        number,
        sentence.isEmpty() ? new GroundState.Cancelled() : new GroundState.Failed(sentence));
  }

  private final class Reading implements LatestRequest.Request<Read> {
    private final LookedAt what;
    private final ImageSource images;
    private final SharedModel<OpenModel> model;
    private final int number;

    Reading(LookedAt what, ImageSource images, SharedModel<OpenModel> model, int number) {
      this.what = what;
      this.images = images;
      this.model = model;
      this.number = number;
    }

    @Override
    public String title() {
      return "Reading the image of row " + what.row().key().row();
    }

    @Override
    public Read run(JobContext context, Consumer<Read> early) {
      context.checkCancelled();
      Optional<Grounding> earlier = kept.find(what, model.aside().description().sha256());
      if (earlier.isPresent()) {
        cache.put(key(what, model), earlier.get());
        return new Read(earlier.get(), null, "");
      }
      try {
        return new Read(null, images.read(what.row().image()), "");
      } catch (ImageException e) {
        return new Read(null, null, String.valueOf(e.getMessage()));
      }
    }

    @Override
    public void succeeded(Read read) {
      if (number != newest) {
        return;
      }
      ImageBytes image = read.image();
      if (read.kept() != null) {
        tell(number, new GroundState.Found(read.kept()));
      } else if (image == null) {
        tell(number, new GroundState.Nothing(read.problem()));
      } else {
        looking.start(new Looking(what, image, model, number));
      }
    }

    @Override
    public void failed(String sentence) {
      fail(number, sentence);
    }
  }

  private final class Looking implements LatestRequest.Request<Grounding> {
    private final LookedAt what;
    private final ImageBytes image;
    private final SharedModel<OpenModel> model;
    private final int number;

    Looking(LookedAt what, ImageBytes image, SharedModel<OpenModel> model, int number) {
      this.what = what;
      this.image = image;
      this.model = model;
      this.number = number;
    }

    @Override
    public String title() {
      return "Looking at " + what.track() + " of row " + what.row().key().row();
    }

    @Override
    public Lane lane() {
      return Lane.DEVICE;
    }

    @Override
    public Grounding run(JobContext context, Consumer<Grounding> early) {
      try {
        JobContext told = new ToldProgress(context, fx, this::reached);
        Grounding found =
            model.use(
                open -> {
                  context.checkCancelled();
                  return open.grounder().ground(image, what.caption(), what.subCaptions(), told);
                });
        cache.put(key(what, model), found);
        kept.keep(what, found);
        return found;
      } catch (ImageException e) {
        throw new CapbenchException(String.valueOf(e.getMessage()), e);
      }
    }

    private void reached(Progress progress) {
      tell(number, new GroundState.Looking(progress));
    }

    @Override
    public void succeeded(Grounding found) {
      tell(number, new GroundState.Found(found));
    }

    @Override
    public void failed(String sentence) {
      fail(number, sentence);
    }
  }
}
