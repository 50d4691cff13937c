// SPDX-License-Identifier: Apache-2.0
package dev.kronos.memory;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;

/**
 * Reads and writes memory at absolute host addresses, without bounds checks: callers check first.
 * All values are in the byte order of the machine.
 *
 * <p>Goes through constant method handles onto the JDK's {@code Unsafe}: as fast as direct calls
 * once compiled, the same on JDK 17 to 25, and free of the compile-time dependency on a JDK
 * internal.
 */
public final class HostMemory {
  private static final Object UNSAFE = unsafe();
  private static final Class<?> OBJECT = Object.class;
  private static final MethodHandle FILL =
      bind("setMemory", methodType(void.class, long.class, long.class, byte.class));
  private static final MethodHandle COPY =
      bind("copyMemory", methodType(void.class, long.class, long.class, long.class));
  private static final MethodHandle COPY_OBJECTS =
      bind(
          "copyMemory", methodType(void.class, OBJECT, long.class, OBJECT, long.class, long.class));
  private static final MethodHandle GET_BYTE = bind("getByte", methodType(byte.class, long.class));
  private static final MethodHandle GET_INT = bind("getInt", methodType(int.class, long.class));
  private static final MethodHandle GET_LONG = bind("getLong", methodType(long.class, long.class));
  private static final MethodHandle PUT_BYTE =
      bind("putByte", methodType(void.class, long.class, byte.class));
  private static final MethodHandle PUT_INT =
      bind("putInt", methodType(void.class, long.class, int.class));
  private static final MethodHandle PUT_LONG =
      bind("putLong", methodType(void.class, long.class, long.class));
  private static final long BYTE_ARRAY_BASE = byteArrayBase();

  private HostMemory() {}

  /** Sets every byte of a range. */
  public static void fill(long address, long sizeBytes, byte value) {
    try {
      FILL.invokeExact(address, sizeBytes, value);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** Copies a range of bytes; the ranges may overlap. */
  public static void copy(long source, long target, long sizeBytes) {
    try {
      COPY.invokeExact(source, target, sizeBytes);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** Copies a whole array to an address. */
  public static void copy(byte[] source, long target) {
    try {
      COPY_OBJECTS.invokeExact(
          (Object) source, BYTE_ARRAY_BASE, (Object) null, target, (long) source.length);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** Fills a whole array from an address. */
  public static void copy(long source, byte[] target) {
    try {
      COPY_OBJECTS.invokeExact(
          (Object) null, source, (Object) target, BYTE_ARRAY_BASE, (long) target.length);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** Reads a byte. */
  public static byte byteAt(long address) {
    try {
      return (byte) GET_BYTE.invokeExact(address);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** Reads an int; the address need not be aligned. */
  public static int intAt(long address) {
    try {
      return (int) GET_INT.invokeExact(address);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** Reads a long; the address need not be aligned. */
  public static long longAt(long address) {
    try {
      return (long) GET_LONG.invokeExact(address);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** Writes a byte. */
  public static void putByte(long address, byte value) {
    try {
      PUT_BYTE.invokeExact(address, value);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** Writes an int; the address need not be aligned. */
  public static void putInt(long address, int value) {
    try {
      PUT_INT.invokeExact(address, value);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** Writes a long; the address need not be aligned. */
  public static void putLong(long address, long value) {
    try {
      PUT_LONG.invokeExact(address, value);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  private static Object unsafe() {
    try {
      Field field = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
      field.setAccessible(true);
      return field.get(null);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static MethodHandle bind(String name, MethodType type) {
    try {
      return MethodHandles.lookup().findVirtual(UNSAFE.getClass(), name, type).bindTo(UNSAFE);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static long byteArrayBase() {
    try {
      return (int) bind("arrayBaseOffset", methodType(int.class, Class.class)).invoke(byte[].class);
    } catch (Throwable e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Passes on what a call threw: the handles themselves declare nothing. */
  private static RuntimeException impossible(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
  }
}
