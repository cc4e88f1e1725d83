package io.capbench.engine.fusion;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The bytes of an answer, shown as they come; one that is longer than any caption is refused. */
final class AnswerBody implements BodySubscriber<byte[]> {
  private static final int LIMIT = 4 << 20;

  private final Consumer<byte[]> part;
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private @Nullable Subscription subscription;

  /**
   * A body to be read.
   *
   * @param part is told each piece, on a thread of the connection
   */
  AnswerBody(Consumer<byte[]> part) {
    this.part = part;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Subscription to) {
    subscription = to;
    to.request(1);
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
      if (bytes.size() > LIMIT) {
        from.cancel();
        body.completeExceptionally(new IOException("the answer is longer than 4 MB"));
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
}
