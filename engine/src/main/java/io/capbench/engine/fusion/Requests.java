package io.capbench.engine.fusion;

import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one call: sends as many at the same time as allowed, sends again what failed for
 * now, and tells what becomes of each. All on the calling thread, but for what connections report.
 *
 * @param <K> what the caller knows a pair by
 */
final class Requests<K> {
  /** How often it is asked whether to stop. */
  private static final Duration GLANCE = Duration.ofMillis(100);

  /** So many rows given up one after another are a server that is gone. */
  private static final int GONE = 20;

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

  private final EndpointFuser fuser;
  private final EndpointOptions options;
  private final FusionSink<K> sink;
  private final @Nullable Consumer<String> part;
  private final JobContext context;
  private final RetryDelay delay;
  private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
  private final Set<Flight> flights = new HashSet<>();
  private final long start = System.nanoTime();
  private final PriorityQueue<Flight> resting =
      new PriorityQueue<>(Comparator.comparingLong(flight -> flight.due - start));
  private boolean reached;
  private int givenUp;
  private long quietUntil = System.nanoTime();

  /** Prepares a call; the parameters are {@link Fuser}'s. */
  Requests(
      EndpointFuser fuser,
      EndpointOptions options,
      FusionSink<K> sink,
      @Nullable Consumer<String> part,
      JobContext context) {
    this.fuser = fuser;
    this.options = options;
    this.sink = sink;
    this.part = part;
    this.context = context;
    this.delay = new RetryDelay(options.firstDelay());
  }

  /** One pair on its way. */
  private final class Flight {
    private final K key;
    private final String prompt;
    private int retries;
    private int attempt;
    private @Nullable EndpointApi way;
    private long due;
    private EndpointCall.@Nullable Sent sent;

    Flight(K key, String prompt) {
      this.key = key;
      this.prompt = prompt;
    }

    void send() {
      due = System.nanoTime() + options.timeout().toNanos();
      Consumer<String> shown = part == null ? null : text -> events.add(() -> show(this, text));
      EndpointApi asked = fuser.way();
      way = asked;
      int number = ++attempt;
      sent =
          fuser.send(
              prompt, asked, shown, outcome -> events.add(() -> settle(this, number, outcome)));
      flights.add(this);
    }

    void cancel() {
      if (sent != null) {
        sent.cancel();
      }
    }
  }

  /** Sends until there are no more pairs and nothing is on its way. */
  void run(Iterator<KeyedPair<K>> pairs) {
    try {
      while (true) {
        context.checkCancelled();
        boolean more = fill(pairs);
        if (!more && flights.isEmpty() && resting.isEmpty()) {
          return;
        }
        Runnable event = events.poll(pause(), TimeUnit.NANOSECONDS);
        if (event != null) {
          event.run();
        }
        expire();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException cancelled = new CancellationException("Interrupted");
      cancelled.initCause(e);
      throw cancelled;
    } finally {
      flights.forEach(Flight::cancel);
    }
  }

  /** Fills free places: first what waits to be sent again, then new pairs. */
  private boolean fill(Iterator<KeyedPair<K>> pairs) {
    long now = System.nanoTime();
    while (quietUntil - now <= 0 && !resting.isEmpty() && resting.peek().due - now <= 0) {
      resting.remove().send();
    }
    while (flights.size() + resting.size() < options.concurrency() && quietUntil - now <= 0) {
      if (!pairs.hasNext()) {
        return false;
      }
      KeyedPair<K> pair = pairs.next();
      Optional<String> objection = fuser.objection(pair.captions());
      if (objection.isPresent()) {
        sink.failed(pair.key(), objection.get());
      } else {
        new Flight(pair.key(), fuser.promptOf(pair.captions())).send();
      }
    }
    return true;
  }

  private long pause() {
    long now = System.nanoTime();
    long next = GLANCE.toNanos();
    if (!resting.isEmpty()) {
      next = Math.min(next, Math.max(resting.peek().due - now, quietUntil - now));
    }
    return Math.max(0, next);
  }

  private void show(Flight flight, String text) {
    if (part != null && flights.contains(flight)) {
      part.accept(text);
    }
  }

  private void expire() {
    long now = System.nanoTime();
    for (Flight flight : Set.copyOf(flights)) {
      if (flight.due - now <= 0) {
        flight.cancel();
        flights.remove(flight);
        again(
            flight,
            new Outcome.Again(
                "The server has not answered in " + options.timeout().toSeconds() + " seconds",
                null,
                false));
      }
    }
  }

  private void settle(Flight flight, int attempt, Outcome outcome) {
    if (flight.attempt != attempt || !flights.remove(flight)) {
      return; // given up already
    }
    if (outcome instanceof Outcome.Done done) {
      reached = true;
      givenUp = 0;
      fuser.answered();
      sink.fused(flight.key, done.caption());
    } else if (outcome instanceof Outcome.Again failed) {
      again(flight, failed);
    } else if (outcome instanceof Outcome.Refused refused) {
      reached = true;
      sink.failed(flight.key, refused.reason());
    } else if (outcome instanceof Outcome.Ended ended) {
      throw new CapbenchException(ended.reason());
    } else if (outcome instanceof Outcome.UnknownWay unknown) {
      otherWay(flight, unknown);
    }
  }

  /** Those that were sent in the way that the server does not know follow in the other. */
  private void otherWay(Flight flight, Outcome.UnknownWay unknown) {
    if (fuser.hasOtherWayThan(flight.way)) {
      flight.send();
    } else {
      throw new CapbenchException(
          unknown.reason()
              + ". Check the endpoint's address and the model's name (--model-name); \"curl"
              + " ADDRESS/v1/models\" lists the models of most servers.");
    }
  }

  private void again(Flight flight, Outcome.Again failed) {
    if (failed.unreachable() && !reached) {
      throw new CapbenchException(
          failed.reason() + ". Start the server, or correct the address of the endpoint.");
    }
    Duration after = failed.after();
    if (after != null && after.compareTo(LONGEST_PAUSE) > 0) {
      throw new CapbenchException(
          failed.reason()
              + ". It wants to be left alone for "
              + after.toMinutes()
              + " minutes; go on then.");
    }
    reached |= !failed.unreachable();
    if (flight.retries >= options.retries()) {
      giveUp(flight, failed);
      return;
    }
    long now = System.nanoTime();
    long wait = (after == null ? delay.before(flight.retries) : after).toNanos();
    if (after != null && quietUntil - now < wait) {
      quietUntil = now + wait;
    }
    flight.retries++;
    flight.due = now + wait;
    resting.add(flight);
  }

  private void giveUp(Flight flight, Outcome.Again failed) {
    givenUp++;
    if (givenUp >= GONE) {
      throw new CapbenchException(
          failed.reason()
              + ". The same happened to "
              + GONE
              + " rows, one after another, so the rest is left. See what is wrong with the server, and"
              + " go on.");
    }
    sink.failed(flight.key, failed.reason() + " (asked " + (options.retries() + 1) + " times)");
  }
}
