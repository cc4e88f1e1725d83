package io.capbench.engine.published;

import io.capbench.storage.job.JobContext;
import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches one file. Its bytes go to {@code NAME.part}; where that breaks off, the next request asks
 * for the rest, and the server sends all of it again if the file has changed meanwhile ({@code
 * If-Range}).
 */
final class FileDownload {
  private static final Duration CONNECT = Duration.ofSeconds(20);

  /** How often a broken connection is taken up again without having brought anything. */
  private static final int ATTEMPTS = 3;

  private final PublishedFile file;
  private final Path target;
  private final Duration stall;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .followRedirects(Redirect.NORMAL)
          .proxy(ProxySelector.getDefault())
          .build();

  /**
   * A download to be run once.
   *
   * @param target what the file is to be called
   * @param stall how long a server may send nothing
   */
  FileDownload(PublishedFile file, Path target, Duration stall) {
    this.file = file;
    this.target = target;
    this.stall = stall;
  }

  void run(JobContext context) {
    PartialFile part = new PartialFile(target);
    @Nullable IOException last = null;
    int idle = 0;
    while (idle < ATTEMPTS) {
      context.checkCancelled();
      long before = part.size();
      try {
        fetch(part, context);
        finish(part);
        return;
      } catch (IOException e) {
        context.checkCancelled();
        last = e;
        idle = part.size() > before ? 0 : idle + 1;
      }
    }
    throw new CapbenchException(
        "Fetching "
            + file.url()
            + " broke off ("
            + said(last)
            + "). Check the connection and run the same command again; it goes on where it"
            + " stopped.",
        last);
  }

  private void fetch(PartialFile part, JobContext context) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(file.url()).header("User-Agent", "Capbench").GET();
    long have = part.size();
    // Without a tag nothing says that the rest belongs to the same file, unless its hash does.
    if (have > 0 && (part.tag() != null || file.sha256() != null)) {
      request.header("Range", "bytes=" + have + "-");
      if (part.tag() != null) {
        request.header("If-Range", part.tag());
      }
    }
    HttpResponse<InputStream> response = send(request.build(), context);
    try (InputStream body = response.body()) {
      switch (response.statusCode()) {
        case 200 -> part.restart(response);
        case 206 -> part.proceed(response);
        case 416 -> {
          part.delete();
          throw new IOException("the server has less of the file than is here");
        }
        default -> throw refused(response.statusCode());
      }
      part.requireRoom();
      new GuardedCopy(body, stall, context).into(part);
    }
    if (part.total() >= 0 && part.size() < part.total()) {
      throw new IOException(part.size() + " of " + part.total() + " bytes came");
    }
  }

  private HttpResponse<InputStream> send(HttpRequest request, JobContext context)
      throws IOException {
    CompletableFuture<HttpResponse<InputStream>> coming =
        client.sendAsync(request, BodyHandlers.ofInputStream());
    JobContext.Registration cancel = context.onCancel(() -> coming.cancel(true));
    try {
      return coming.get(stall.plus(CONNECT).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } catch (TimeoutException e) {
      coming.cancel(true);
      throw new IOException("the server does not answer", e);
    } catch (InterruptedException e) {
      coming.cancel(true);
      Thread.currentThread().interrupt();
      CancellationException cancelled = new CancellationException("Interrupted");
      cancelled.initCause(e);
      throw cancelled;
    } finally {
      cancel.close();
    }
  }

  private CapbenchException refused(int status) {
    String remedy =
        switch (status) {
          case 401, 403 ->
              "It asks for a login or for agreement to a licence: fetch the file in a browser and"
                  + " save it as "
                  + target
                  + ".";
          case 404, 410 ->
              "It has moved: look for it on the model's page (capbench models list) and save it as "
                  + target
                  + ".";
          default -> "Try again later, or fetch it in a browser and save it as " + target + ".";
        };
    return new CapbenchException(
        file.url() + " was answered with status " + status + ". " + remedy);
  }

  private void finish(PartialFile part) {
    String hash = file.sha256();
    if (hash != null && !hash.equals(part.sha256())) {
      part.delete();
      throw new CapbenchException(
          file.url()
              + " is not the file that was published: its SHA-256 differs. It was deleted. Run the"
              + " same command again; if it happens again, do not use the file from there.");
    }
    try {
      Files.move(part.path(), target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw ModelDownload.cannotWrite(target, e);
    }
    part.delete();
  }

  private static String said(@Nullable IOException e) {
    String message = e == null ? null : e.getMessage();
    return message == null ? "no reason was given" : message;
  }
}
