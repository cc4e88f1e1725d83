package io.capbench.engine.weights;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
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
 *
 * <p>The steps are those of Python's {@code pickletools}.
 */
final class PickleReader {
  /** A checkpoint of 50,000 tensors with optimizer state takes about as many. */
  private static final int MAX_STEPS = 5_000_000;

  private static final int NEWEST_PROTOCOL = 5;

  private final PickleInput in;
  private final PickleStack stack;
  private final PickleCalls calls;
  private final TorchFault fault;

  /** Reads from the buffer's position, which then stands after the pickle. */
  PickleReader(ByteBuffer in, TorchFault fault) {
    this.in = new PickleInput(in, fault);
    this.stack = new PickleStack(fault);
    this.calls = new PickleCalls(fault);
    this.fault = fault;
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
        int opcode = in.u8();
        if (opcode == '.') {
          return stack.pop();
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
      case 'N' -> stack.push(PickleNone.NONE);
      case 0x88 -> stack.push(true);
      case 0x89 -> stack.push(false);
      case 'J' -> stack.push((long) in.i32());
      case 'K' -> stack.push((long) in.u8());
      case 'M' -> stack.push((long) in.u16());
      case 'I', 'L' -> stack.push(in.wholeNumberLine());
      case 'F' -> stack.push(in.fractionLine());
      case 'G' -> stack.push(in.bigEndianDouble());
      case 0x8a -> stack.push(in.wholeNumber(in.u8()));
      case 0x8b -> stack.push(in.wholeNumber(in.i32()));
      case 'X' -> stack.push(in.text(in.u32()));
      case 0x8c -> stack.push(in.text(in.u8()));
      case 0x8d -> stack.push(in.text(in.i64()));
      case 'S' -> stack.push(in.quotedLine());
      case 'V' -> stack.push(in.line());
      case 'U' -> stack.push(in.latin(in.u8()));
      case 'T' -> stack.push(in.latin(in.i32()));
      case 'C' -> stack.push(in.bytes(in.u8()));
      case 'B' -> stack.push(in.bytes(in.u32()));
      case 0x8e, 0x96 -> stack.push(in.bytes(in.i64()));
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean container(int opcode) {
    switch (opcode) {
      case '(' -> stack.mark();
      case '0' -> stack.pop();
      case '1' -> stack.popToMark();
      case '2' -> stack.push(stack.top());
      case ')' -> stack.push(new PickleTuple(List.of()));
      case 't' -> stack.push(new PickleTuple(stack.popToMark()));
      case 0x85 -> stack.push(stack.popTuple(1));
      case 0x86 -> stack.push(stack.popTuple(2));
      case 0x87 -> stack.push(stack.popTuple(3));
      case ']', 0x8f -> stack.push(new ArrayList<>());
      case 'l', 0x91 -> stack.push(stack.popToMark());
      case 'a' -> {
        Object item = stack.pop();
        stack.append(List.of(item));
      }
      case 'e', 0x90 -> stack.append(stack.popToMark());
      case '}' -> stack.push(new PickleDict());
      case 'd' -> {
        List<Object> items = stack.popToMark();
        stack.push(new PickleDict());
        stack.putAll(items);
      }
      case 's' -> {
        Object value = stack.pop();
        Object key = stack.pop();
        stack.putAll(List.of(key, value));
      }
      case 'u' -> stack.putAll(stack.popToMark());
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean memory(int opcode) {
    switch (opcode) {
      case 0x80 -> {
        int protocol = in.u8();
        if (protocol > NEWEST_PROTOCOL) {
          throw fault.unsupported("was pickled with protocol " + protocol);
        }
      }
      case 0x95 -> in.i64(); // the length of a frame, which says nothing
      case 'p' -> stack.keep(in.indexLine());
      case 'q' -> stack.keep(in.u8());
      case 'r' -> stack.keep(in.u32());
      case 0x94 -> stack.keep();
      case 'g' -> stack.pushKept(in.indexLine());
      case 'h' -> stack.pushKept(in.u8());
      case 'j' -> stack.pushKept(in.u32());
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean object(int opcode) {
    switch (opcode) {
      case 'c' -> stack.push(namedByLines());
      case 0x93 -> {
        Object name = stack.pop();
        if (!(stack.pop() instanceof String module) || !(name instanceof String text)) {
          throw fault.damaged("its pickle names a class by what is no text");
        }
        stack.push(calls.global(module, text));
      }
      case 'i' -> {
        PickleGlobal type = namedByLines();
        stack.popToMark();
        stack.push(calls.newObject(type));
      }
      case 'o' -> {
        List<Object> items = stack.popToMark();
        if (items.isEmpty()) {
          throw fault.damaged("its pickle makes an object of no class");
        }
        stack.push(calls.newObject(items.get(0)));
      }
      case 'R' -> {
        Object arguments = stack.pop();
        stack.push(calls.call(stack.pop(), arguments));
      }
      case 0x81 -> newObject(1);
      case 0x92 -> newObject(2);
      case 'b' -> build();
      case 'Q' -> stack.push(calls.storage(stack.pop()));
      default -> {
        return false;
      }
    }
    return true;
  }

  private PickleGlobal namedByLines() {
    String module = in.line();
    return calls.global(module, in.line());
  }

  /** An object of the class below so many arguments. */
  private void newObject(int arguments) {
    stack.popTuple(arguments);
    stack.push(calls.newObject(stack.pop()));
  }

  /** Attributes of dictionaries and tensors (such as {@code _metadata}) say nothing of weights. */
  private void build() {
    Object state = stack.pop();
    Object target = stack.top();
    if (target instanceof PickleObject object) {
      object.build(state);
    } else if (!(target instanceof PickleDict) && !(target instanceof TorchTensor)) {
      throw fault.damaged("its pickle gives a state to what has none");
    }
  }
}
