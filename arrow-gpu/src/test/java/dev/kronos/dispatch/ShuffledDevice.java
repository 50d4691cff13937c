// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Runs programs on a model of memory: each piece of work writes to every byte it writes a hash of
 * its number and of all bytes it reads. Between two barriers a device may run work in any order, so
 * the model does: pieces are shuffled, and their reads and writes interleave access by access.
 */
final class ShuffledDevice {
  private ShuffledDevice() {}

  /** Returns the memory after running the program in its own order. */
  static Map<Long, Integer> runInOrder(List<List<Access>> program) {
    Map<Long, Integer> memory = new TreeMap<>();
    for (int index = 0; index < program.size(); index++) {
      write(memory, program.get(index), read(memory, program.get(index), index));
    }
    return memory;
  }

  /** Returns the memory after running a recording of the program. */
  static Map<Long, Integer> run(
      List<List<Access>> program, HazardChecker.Recording recording, Random random) {
    Map<Long, Integer> memory = new TreeMap<>();
    List<Integer> epoch = new ArrayList<>();
    for (int i = 0; i < recording.order().size(); i++) {
      if (recording.barrierBefore().get(i)) {
        runEpoch(memory, program, epoch, random);
        epoch.clear();
      }
      epoch.add(recording.order().get(i));
    }
    runEpoch(memory, program, epoch, random);
    return memory;
  }

  /** Runs pieces at once: some read before, some after others have written. */
  private static void runEpoch(
      Map<Long, Integer> memory, List<List<Access>> program, List<Integer> epoch, Random random) {
    List<Integer> shuffled = new ArrayList<>(epoch);
    Collections.shuffle(shuffled, random);
    Map<Integer, Integer> started = new TreeMap<>();
    for (int index : shuffled) {
      if (random.nextBoolean()) {
        started.put(index, read(memory, program.get(index), index));
      } else {
        write(memory, program.get(index), read(memory, program.get(index), index));
      }
    }
    started.forEach((index, value) -> write(memory, program.get(index), value));
  }

  private static int read(Map<Long, Integer> memory, List<Access> accesses, int index) {
    int hash = index + 1;
    for (Access access : accesses) {
      if (access.mode().reads()) {
        for (long address = access.start(); address < access.end(); address++) {
          hash = hash * 31 + memory.getOrDefault(address, 0);
        }
      }
    }
    return hash;
  }

  private static void write(Map<Long, Integer> memory, List<Access> accesses, int value) {
    for (Access access : accesses) {
      if (access.mode().writes()) {
        for (long address = access.start(); address < access.end(); address++) {
          memory.put(address, value);
        }
      }
    }
  }
}
