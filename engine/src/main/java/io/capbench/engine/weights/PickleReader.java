package io.capbench.engine.weights;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a pickle (protocols 0 to 5, as far as checkpoints use them) into plain values without
 * running anything. Names of classes and functions pass through {@link PickleCalls}.
 *
 * <p>Values: Long, BigInteger, Double, Boolean, String, byte[], {@link PickleNone}, List, {@link
 * PickleTuple}, {@link PickleDict}, {@link PickleGlobal}, {@link PickleObject}, {@link
 * TorchStorage}, {@link TorchTensor}. They may contain each other in circles. Memory is bounded by
 * the number of steps; nothing here recurses.
 */
final class PickleReader {
  /** A checkpoint of 100,000 tensors with optimizer state takes a few million. */
  private static final int MAX_STEPS = 5_000_000;

  private final ByteBuffer in;
  private final PickleCalls calls;
  private final TorchFault fault;
  private final Map<Long, Object> memo = new HashMap<>();
  private final List<List<Object>> outer = new ArrayList<>();
  private List<Object> stack = new ArrayList<>();

  /** Reads from the buffer's position, which then stands after the pickle. */
  PickleReader(ByteBuffer in, TorchFault fault) {
    this.in = in.order(ByteOrder.LITTLE_ENDIAN);
    this.fault = fault;
    this.calls = new PickleCalls(fault);
  }

  /**
   * The value.
   *
   * @throws io.capbench.storage.model.CapbenchException if the pickle is damaged, too long, or
   *     names what is not on the list
   */
  Object read() {
    try {
      for (int step = 0; step < MAX_STEPS; step++) {
        int opcode = in.get() & 0xff;
        if (opcode == '.') {
          return pop();
        }
        if (!constant(opcode) && !container(opcode) && !memory(opcode) && !object(opcode)) {
          throw fault.damaged(
              "its pickle has the unknown step 0x%02x at byte %d"
                  .formatted(opcode, in.position() - 1));
        }
      }
    } catch (BufferUnderflowException e) {
      throw fault.damaged("its pickle ends too early", e);
    }
    throw fault.damaged("its pickle takes more than " + MAX_STEPS + " steps");
  }

  /** Every storage that was named so far, by its key. */
  Map<String, TorchStorage> storages() {
    return calls.storages();
  }

  private boolean constant(int opcode) {
    switch (opcode) {
      case 'N' -> push(PickleNone.NONE);
      case 0x88 -> push(true);
      case 0x89 -> push(false);
      case 'J' -> push((long) in.getInt());
      case 'K' -> push((long) (in.get() & 0xff));
      case 'M' -> push((long) (in.getShort() & 0xffff));
      case 'I', 'L' -> push(wholeNumber(line()));
      case 'F' -> push(fraction(line()));
      case 0x8a -> push(wholeNumber(bytes(in.get() & 0xff)));
      case 0x8b -> push(wholeNumber(bytes(in.getInt())));
      case 'G' -> push(Double.longBitsToDouble(Long.reverseBytes(in.getLong())));
      case 'X' -> push(text(in.getInt()));
      case 0x8c -> push(text(in.get() & 0xff));
      case 0x8d -> push(text(in.getLong()));
      case 'S' -> push(unquoted(line()));
      case 'V' -> push(line());
      case 'U' -> push(latin(in.get() & 0xff));
      case 'T' -> push(latin(in.getInt()));
      case 'C' -> push(bytes(in.get() & 0xff));
      case 'B' -> push(bytes(in.getInt()));
      case 0x8e, 0x96 -> push(bytes(in.getLong()));
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean container(int opcode) {
    switch (opcode) {
      case '(' -> {
        outer.add(stack);
        stack = new ArrayList<>();
      }
      case '0' -> pop();
      case '1' -> popToMark();
      case '2' -> push(top());
      case ')' -> push(new PickleTuple(List.of()));
      case 't' -> push(new PickleTuple(popToMark()));
      case 0x85 -> push(tuple(1));
      case 0x86 -> push(tuple(2));
      case 0x87 -> push(tuple(3));
      case ']', 0x8f -> push(new ArrayList<>());
      case 'l', 0x91 -> push(popToMark());
      case 'a' -> {
        Object item = pop();
        topList().add(item);
      }
      case 'e', 0x90 -> {
        List<Object> items = popToMark();
        topList().addAll(items);
      }
      case '}' -> push(new PickleDict());
      case 'd' -> {
        List<Object> items = popToMark();
        push(new PickleDict());
        setItems(items);
      }
      case 's' -> {
        Object value = pop();
        Object key = pop();
        setItems(List.of(key, value));
      }
      case 'u' -> setItems(popToMark());
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean memory(int opcode) {
    switch (opcode) {
      case 0x80 -> {
        int protocol = in.get() & 0xff;
        if (protocol > 5) {
          throw fault.unsupported("was pickled with protocol " + protocol);
        }
      }
      case 0x95 -> in.getLong();
      case 'p' -> memo.put(index(line()), top());
      case 'q' -> memo.put((long) (in.get() & 0xff), top());
      case 'r' -> memo.put(in.getInt() & 0xffffffffL, top());
      case 0x94 -> memo.put((long) memo.size(), top());
      case 'g' -> push(remembered(index(line())));
      case 'h' -> push(remembered(in.get() & 0xff));
      case 'j' -> push(remembered(in.getInt() & 0xffffffffL));
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean object(int opcode) {
    switch (opcode) {
      case 'c' -> {
        String module = line();
        push(calls.global(module, line()));
      }
      case 0x93 -> {
        Object name = pop();
        if (!(pop() instanceof String module) || !(name instanceof String text)) {
          throw fault.damaged("its pickle names a class by what is no text");
        }
        push(calls.global(module, text));
      }
      case 'i' -> {
        String module = line();
        PickleGlobal type = calls.global(module, line());
        popToMark();
        push(calls.newObject(type));
      }
      case 'o' -> {
        List<Object> items = popToMark();
        if (items.isEmpty()) {
          throw fault.damaged("its pickle makes an object of no class");
        }
        push(calls.newObject(items.get(0)));
      }
      case 'R' -> {
        Object arguments = pop();
        push(calls.call(pop(), arguments));
      }
      case 0x81 -> {
        pop();
        push(calls.newObject(pop()));
      }
      case 0x92 -> {
        pop();
        pop();
        push(calls.newObject(pop()));
      }
      case 'b' -> build();
      case 'Q' -> push(calls.storage(pop()));
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Attributes of dictionaries and tensors (such as {@code _metadata}) say nothing of weights. */
  private void build() {
    Object state = pop();
    Object target = top();
    if (target instanceof PickleObject object) {
      object.build(state);
    } else if (!(target instanceof PickleDict) && !(target instanceof TorchTensor)) {
      throw fault.damaged("its pickle gives a state to what has none");
    }
  }

  private void setItems(List<Object> items) {
    if (items.size() % 2 != 0) {
      throw fault.damaged("its pickle has a key without a value");
    }
    Object target = top();
    for (int i = 0; i < items.size(); i += 2) {
      if (target instanceof PickleDict dict) {
        dict.put(items.get(i), items.get(i + 1));
      } else if (!(target instanceof PickleObject)) {
        throw fault.damaged("its pickle puts entries into what is no dictionary");
      }
    }
  }

  @SuppressWarnings("unchecked") // only this class makes lists
  private List<Object> topList() {
    Object target = top();
    if (target instanceof List<?> list) {
      return (List<Object>) list;
    }
    if (target instanceof PickleObject) {
      return new ArrayList<>();
    }
    throw fault.damaged("its pickle appends to what is no list");
  }

  private PickleTuple tuple(int size) {
    if (stack.size() < size) {
      throw fault.damaged("its pickle takes more than there is");
    }
    List<Object> items = stack.subList(stack.size() - size, stack.size());
    PickleTuple tuple = new PickleTuple(items);
    items.clear();
    return tuple;
  }

  private void push(Object value) {
    stack.add(value);
  }

  private Object pop() {
    if (stack.isEmpty()) {
      throw fault.damaged("its pickle takes more than there is");
    }
    return stack.remove(stack.size() - 1);
  }

  private Object top() {
    if (stack.isEmpty()) {
      throw fault.damaged("its pickle takes more than there is");
    }
    return stack.get(stack.size() - 1);
  }

  private List<Object> popToMark() {
    if (outer.isEmpty()) {
      throw fault.damaged("its pickle ends a group that has no start");
    }
    List<Object> items = stack;
    stack = outer.remove(outer.size() - 1);
    return items;
  }

  private Object remembered(long index) {
    Object value = memo.get(index);
    if (value == null) {
      throw fault.damaged("its pickle recalls what it never kept");
    }
    return value;
  }

  private long index(String digits) {
    if (wholeNumber(digits) instanceof Long index) {
      return index;
    }
    throw fault.damaged("its pickle keeps something under \"" + ShownName.of(digits) + "\"");
  }

  private byte[] bytes(long length) {
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[(int) length];
    in.get(bytes);
    return bytes;
  }

  private String text(long length) {
    return new String(bytes(length), StandardCharsets.UTF_8);
  }

  /** Python 2 wrote names as bytes. */
  private String latin(long length) {
    return new String(bytes(length), StandardCharsets.ISO_8859_1);
  }

  private String line() {
    int end = in.position();
    while (end < in.limit() && in.get(end) != '\n') {
      end++;
    }
    String line = text(end - in.position());
    in.get();
    return line;
  }

  private static String unquoted(String text) {
    return text.length() >= 2 ? text.substring(1, text.length() - 1) : text;
  }

  private static Object wholeNumber(byte[] littleEndian) {
    byte[] bigEndian = new byte[littleEndian.length];
    for (int i = 0; i < bigEndian.length; i++) {
      bigEndian[i] = littleEndian[bigEndian.length - 1 - i];
    }
    return smallest(bigEndian.length == 0 ? BigInteger.ZERO : new BigInteger(bigEndian));
  }

  private Object wholeNumber(String digits) {
    if (digits.equals("00") || digits.equals("01")) {
      return digits.equals("01");
    }
    String plain = digits.endsWith("L") ? digits.substring(0, digits.length() - 1) : digits;
    try {
      return Long.parseLong(plain);
    } catch (NumberFormatException e) {
      throw fault.damaged("its pickle has no number in \"" + ShownName.of(digits) + "\"", e);
    }
  }

  private Object fraction(String digits) {
    try {
      return Double.parseDouble(digits);
    } catch (NumberFormatException e) {
      throw fault.damaged("its pickle has no number in \"" + ShownName.of(digits) + "\"", e);
    }
  }

  private static Object smallest(BigInteger number) {
    if (number.bitLength() < Long.SIZE) {
      return number.longValue();
    }
    return number;
  }
}
