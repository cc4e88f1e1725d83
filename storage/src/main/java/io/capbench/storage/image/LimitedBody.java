package io.capbench.storage.image;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an answer over HTTP up to a limit. An answer that is longer ends as soon as it
 * passes the limit, and is then longer than the limit by at most one buffer.
 */
public final class LimitedBody implements BodySubscriber<byte[]> {
  private final long limit;
  private final Consumer<byte[]> part;
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private @Nullable Subscription subscription;

  /**
   * A body to be read.
   *
   * @param limit in bytes; a negative one stops before the first
   */
  LimitedBody(long limit) {
    this(limit, piece -> {});
  }

  /**
   * A body that is looked at while it comes.
   *
   * @param limit in bytes; a negative one stops before the first
   * @param part is told each piece within the limit, on a thread of the connection
   */
  public LimitedBody(long limit, Consumer<byte[]> part) {
    this.limit = limit;
    this.part = part;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Subscription to) {
    subscription = to;
    if (limit < 0) {
      stop(to);
    } else {
      to.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    Subscription from = subscription;
    if (from == null || body.isDone()) {
      return;
    }
    for (ByteBuffer buffer : buffers) {
      byte[] piece = new byte[buffer.remaining()];
      buffer.get(piece);
      bytes.writeBytes(piece);
      if (bytes.size() > limit) {
        stop(from);
        return;
      }
      part.accept(piece);
    }
    from.request(1);
  }

  @Override
  public void onError(Throwable error) {
    body.completeExceptionally(error);
  }

  @Override
  public void onComplete() {
    body.complete(bytes.toByteArray());
  }

  private void stop(Subscription from) {
    from.cancel();
    body.complete(bytes.toByteArray());
  }
}
