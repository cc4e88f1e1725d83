package io.capbench.engine.weights;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a pickle's steps work on: values in groups, and values kept for later. */
final class PickleStack {
  private final TorchFault fault;
  private final Map<Long, Object> memo = new HashMap<>();
  private final List<List<Object>> outer = new ArrayList<>();
  private List<Object> group = new ArrayList<>();

  PickleStack(TorchFault fault) {
    this.fault = fault;
  }

  void push(Object value) {
    group.add(value);
  }

  Object pop() {
    requireSize(1);
    return group.remove(group.size() - 1);
  }

  Object top() {
    requireSize(1);
    return group.get(group.size() - 1);
  }

  /** The last values of the group, taken off it. */
  PickleTuple popTuple(int size) {
    requireSize(size);
    List<Object> items = group.subList(group.size() - size, group.size());
    PickleTuple tuple = new PickleTuple(items);
    items.clear();
    return tuple;
  }

  /** Starts a group within the present one. */
  void mark() {
    outer.add(group);
    group = new ArrayList<>();
  }

  /** Ends the present group and returns its values. */
  List<Object> popToMark() {
    if (outer.isEmpty()) {
      throw fault.damaged("its pickle ends a group that has no start");
    }
    List<Object> items = group;
    group = outer.remove(outer.size() - 1);
    return items;
  }

  /** Keeps the top under a number. */
  void keep(long index) {
    memo.put(index, top());
  }

  /** Keeps the top under the next number. */
  void keep() {
    keep(memo.size());
  }

  void pushKept(long index) {
    Object value = memo.get(index);
    if (value == null) {
      throw fault.damaged("its pickle recalls what it never kept");
    }
    push(value);
  }

  /** Appends to the list at the top; an object that is not made takes them without a trace. */
  void append(List<Object> items) {
    Object target = top();
    if (target instanceof List<?>) {
      list(target).addAll(items);
    } else if (!(target instanceof PickleObject)) {
      throw fault.damaged("its pickle appends to what is no list");
    }
  }

  /** Puts keys and values, in turn, into the dictionary at the top, likewise. */
  void putAll(List<Object> items) {
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

  @SuppressWarnings("unchecked") // all lists are made by the reader, of Objects
  private static List<Object> list(Object value) {
    return (List<Object>) value;
  }

  private void requireSize(int size) {
    if (group.size() < size) {
      throw fault.damaged("its pickle takes more than there is");
    }
  }
}
