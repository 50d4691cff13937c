// SPDX-License-Identifier: Apache-2.0
package dev.kronos.device;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Names the processors that Kronos has natives for, with their numbers in ELF headers. */
public enum Machine {
  /** 64-bit x86. */
  X86_64(62, "amd64", "x86_64"),
  /** 64-bit ARM. */
  AARCH64(183, "aarch64", "arm64");

  private final int elfMachine;
  private final String[] names;

  Machine(int elfMachine, String... names) {
    this.elfMachine = elfMachine;
    this.names = names;
  }

  /** Returns the number of the processor in the header of an ELF file. */
  int elfMachine() {
    return elfMachine;
  }

  /** Returns the machine that a value of the system property {@code os.arch} names. */
  public static Optional<Machine> of(String architecture) {
    String name = architecture.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(machine -> Arrays.asList(machine.names).contains(name))
        .findFirst();
  }
}
