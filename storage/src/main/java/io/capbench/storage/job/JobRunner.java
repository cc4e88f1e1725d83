package io.capbench.storage.job;

import io.capbench.storage.model.CapbenchException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs jobs on daemon threads: three on the IO lane, one on the DEVICE lane, first come first
 * served within a lane. Thread-safe. To be closed by whoever made it.
 */
public final class JobRunner implements AutoCloseable {
  /** How many jobs may wait on a lane. */
  public static final int MAX_WAITING = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
  private static final int IO_THREADS = 3;
  private static final Duration CLOSING_TIME = Duration.ofSeconds(10);

  private final Map<Lane, ThreadPoolExecutor> lanes = new EnumMap<>(Lane.class);
  private final Set<JobHandle<?>> unfinished = ConcurrentHashMap.newKeySet();
  private final List<Consumer<? super JobHandle<?>>> listeners = new CopyOnWriteArrayList<>();
  private final Duration closingTime;

  /** A runner with idle lanes. */
  public JobRunner() {
    this(CLOSING_TIME);
  }

  JobRunner(Duration closingTime) {
    this.closingTime = closingTime;
    lanes.put(Lane.IO, lane(Lane.IO, IO_THREADS));
    lanes.put(Lane.DEVICE, lane(Lane.DEVICE, 1));
  }

  private static ThreadPoolExecutor lane(Lane lane, int threads) {
    AtomicInteger number = new AtomicInteger();
    ThreadFactory daemons =
        work -> {
          String name = lane.name().toLowerCase(Locale.ROOT) + "-" + number.incrementAndGet();
          Thread thread = new Thread(work, "job-" + name);
          thread.setDaemon(true);
          return thread;
        };
    return new ThreadPoolExecutor(
        threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_WAITING), daemons);
  }

  /**
   * Queues a job on its lane.
   *
   * @throws CapbenchException if {@value #MAX_WAITING} jobs wait on that lane already
   * @throws IllegalStateException if this runner is closed
   */
  public <T> JobHandle<T> submit(Job<T> job) {
    ThreadPoolExecutor lane = lane(job.lane());
    JobHandle<T> handle = new JobHandle<>(job);
    if (lane.isShutdown()) {
      throw new IllegalStateException("The job runner is closed: " + handle.title());
    }
    Runnable work = handle::run;
    unfinished.add(handle);
    handle.addListener(
        () -> {
          if (handle.state().ended() && unfinished.remove(handle)) {
            lane.remove(work); // one cancelled while it waited frees its place
          }
        });
    listeners.forEach(listener -> listener.accept(handle));
    try {
      lane.execute(work);
    } catch (RejectedExecutionException e) {
      handle.cancel();
      if (lane.isShutdown()) {
        throw new IllegalStateException("The job runner is closed: " + handle.title(), e);
      }
      throw new CapbenchException(
          "\""
              + handle.title()
              + "\" was not started because "
              + MAX_WAITING
              + " jobs are waiting; let some finish or cancel them",
          e);
    }
    if (handle.state().ended()) {
      lane.remove(work); // a listener cancelled it before it was queued
    }
    return handle;
  }

  /**
   * Adds somebody to be told of every job submitted from now on, before it can start, on the
   * submitting thread.
   */
  public void addListener(Consumer<? super JobHandle<?>> listener) {
    listeners.add(listener);
  }

  /** Takes that listener away. */
  public void removeListener(Consumer<? super JobHandle<?>> listener) {
    listeners.remove(listener);
  }

  /**
   * Cancels every job and waits for the running ones, ten seconds at most; one that still runs then
   * is interrupted and left behind on its daemon thread. Idempotent.
   */
  @Override
  public void close() {
    lanes.values().forEach(ThreadPoolExecutor::shutdown);
    new ArrayList<>(unfinished).forEach(JobHandle::cancel);
    long deadline = System.nanoTime() + closingTime.toNanos();
    boolean interrupted = false;
    for (ThreadPoolExecutor lane : lanes.values()) {
      try {
        if (!interrupted) {
          interrupted = Thread.interrupted();
        }
        if (!interrupted
            && lane.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          continue;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
      lane.shutdownNow();
    }
    unfinished.forEach(handle -> LOG.warn("Left behind while closing: {}", handle));
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private ThreadPoolExecutor lane(Lane lane) {
    ThreadPoolExecutor executor = lanes.get(lane);
    if (executor == null) {
      throw new IllegalArgumentException("There is no lane " + lane);
    }
    return executor;
  }
}
