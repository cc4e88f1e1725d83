package io.capbench.storage.image;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * How many requests run at a time, to one host and in all. Holds only the hosts that are being
 * asked. Thread-safe.
 */
final class HostLimits {
  private final int perHost;
  private final Semaphore all;
  private final Map<String, Host> hosts = new HashMap<>();

  HostLimits(int perHost, int inAll) {
    this.perHost = perHost;
    this.all = new Semaphore(inAll);
  }

  /** Leave to ask, to be given back after the request. */
  @FunctionalInterface
  interface Permit {
    void release();
  }

  /** Waits until another request to the host may run. */
  Permit acquire(String host) throws InterruptedException {
    Host entry = enter(host);
    boolean hostTaken = false;
    boolean acquired = false;
    try {
      // The host first: those who wait for a slow host take no place from the others.
      entry.free.acquire();
      hostTaken = true;
      all.acquire();
      acquired = true;
    } finally {
      if (!acquired) {
        leave(host, entry, hostTaken);
      }
    }
    return () -> {
      all.release();
      leave(host, entry, true);
    };
  }

  /** How many hosts are being asked. */
  synchronized int hosts() {
    return hosts.size();
  }

  private synchronized Host enter(String host) {
    Host entry = hosts.computeIfAbsent(host, name -> new Host(perHost));
    entry.users++;
    return entry;
  }

  private synchronized void leave(String host, Host entry, boolean taken) {
    if (taken) {
      entry.free.release();
    }
    entry.users--;
    if (entry.users == 0) {
      hosts.remove(host);
    }
  }

  private static final class Host {
    private final Semaphore free;
    private int users;

    Host(int permits) {
      free = new Semaphore(permits);
    }
  }
}
