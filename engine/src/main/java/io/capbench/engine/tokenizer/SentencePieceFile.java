package io.capbench.engine.tokenizer;

import io.capbench.storage.model.CapbenchException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands in a SentencePiece model, {@code tokenizer.model}: a protocol buffer whose messages
 * are described in {@code sentencepiece_model.proto}. Only what makes a byte pair tokenizer is
 * read.
 *
 * @param pieces the tokens, the number of each being its place
 */
record SentencePieceFile(List<Piece> pieces) {
  static final String NAME = "tokenizer.model";

  private static final int MOST_BYTES = 64 << 20;

  /** ModelProto. */
  private static final int PIECES = 1;

  private static final int TRAINER = 2;

  /** SentencePiece. */
  private static final int TEXT = 1;

  private static final int SCORE = 2;

  /** TrainerSpec. */
  private static final int MODEL_TYPE = 3;

  private static final int UNIGRAM = 1;
  private static final int PAIRS = 2;

  /**
   * A token.
   *
   * @param score the higher, the earlier it is put together of two others
   */
  record Piece(String text, float score) {}

  /**
   * Reads a file.
   *
   * @throws CapbenchException if it is damaged, or of another kind than byte pairs
   */
  static SentencePieceFile read(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new IOException("it is larger than 64 MiB");
      }
      return read(file, new Message(ByteBuffer.wrap(Files.readAllBytes(file))));
    } catch (IOException | BufferUnderflowException | IllegalArgumentException e) {
      throw BpeFiles.unreadable(file, e);
    }
  }

  private static SentencePieceFile read(Path file, Message model) {
    List<Piece> pieces = new ArrayList<>();
    long type = UNIGRAM;
    while (model.next()) {
      if (model.field() == PIECES) {
        pieces.add(piece(model.message()));
      } else if (model.field() == TRAINER) {
        type = type(model.message());
      } else {
        model.skip();
      }
    }
    if (type != PAIRS) {
      throw new CapbenchException(
          file
              + " is no byte pair tokenizer, as models for LLaMA have. Put the tokenizer.json there"
              + " that was published with the model.");
    }
    return new SentencePieceFile(List.copyOf(pieces));
  }

  private static Piece piece(Message message) {
    String text = "";
    float score = 0;
    while (message.next()) {
      if (message.field() == TEXT) {
        text = message.text();
      } else if (message.field() == SCORE) {
        score = message.fraction();
      } else {
        message.skip();
      }
    }
    return new Piece(text, score);
  }

  private static long type(Message message) {
    long type = UNIGRAM;
    while (message.next()) {
      if (message.field() == MODEL_TYPE) {
        type = message.number();
      } else {
        message.skip();
      }
    }
    return type;
  }

  /** A message of a protocol buffer, field by field. */
  private static final class Message {
    private static final int VARINT = 0;
    private static final int EIGHT = 1;
    private static final int LENGTH = 2;
    private static final int FOUR = 5;
    private static final int MOST_BITS = 64;

    private final ByteBuffer bytes;
    private long key;

    Message(ByteBuffer bytes) {
      this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Goes to the next field, if there is one. */
    boolean next() {
      if (!bytes.hasRemaining()) {
        return false;
      }
      key = varint();
      return true;
    }

    long field() {
      return key >>> 3;
    }

    long number() {
      require(VARINT);
      return varint();
    }

    float fraction() {
      require(FOUR);
      return bytes.getFloat();
    }

    String text() {
      return StandardCharsets.UTF_8.decode(part()).toString();
    }

    Message message() {
      return new Message(part());
    }

    void skip() {
      switch ((int) (key & 7)) {
        case VARINT -> varint();
        case EIGHT -> bytes.getLong();
        case LENGTH -> part();
        case FOUR -> bytes.getInt();
        default -> throw new IllegalArgumentException("it is no protocol buffer");
      }
    }

    private ByteBuffer part() {
      require(LENGTH);
      long length = varint();
      if (length < 0 || length > bytes.remaining()) {
        throw new IllegalArgumentException("it is cut off");
      }
      ByteBuffer part = bytes.slice(bytes.position(), (int) length);
      bytes.position(bytes.position() + (int) length);
      return part;
    }

    private void require(int kind) {
      if ((key & 7) != kind) {
        throw new IllegalArgumentException("it is no SentencePiece model");
      }
    }

    private long varint() {
      long value = 0;
      for (int shift = 0; shift < MOST_BITS; shift += 7) {
        byte next = bytes.get();
        value |= (next & 0x7fL) << shift;
        if (next >= 0) {
          return value;
        }
      }
      throw new IllegalArgumentException("it is no protocol buffer");
    }
  }
}
