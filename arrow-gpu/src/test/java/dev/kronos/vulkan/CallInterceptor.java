// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import dev.kronos.KronosOptions;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.lwjgl.system.Callback;
import org.lwjgl.system.CallbackI;
import org.lwjgl.system.MemoryUtil;
import org.lwjgl.system.libffi.LibFFI;
import org.lwjgl.vulkan.VK;
import org.lwjgl.vulkan.VK10;

/**
 * Stands between LWJGL and the Vulkan implementation, as a layer does, for every device that is
 * opened while it is installed: counts calls and the objects that live, shows calls to a test, and
 * answers some in place of the driver.
 *
 * <p>LWJGL keeps the addresses of native functions in fields. This replaces the address of {@code
 * vkGetInstanceProcAddr}, through which all others are found, so that functions of {@link
 * CallTable} resolve to closures of its own, while it is installed. The closures live as long as
 * the process, because devices keep their addresses; without an interceptor installed they only
 * pass calls on. One at a time; safe for many threads.
 */
public final class CallInterceptor implements AutoCloseable {

  /** What a driver answers that has no memory for its own structures. */
  public static final int OUT_OF_HOST_MEMORY = VK10.VK_ERROR_OUT_OF_HOST_MEMORY;

  /** What a driver answers that has no device memory. */
  public static final int OUT_OF_DEVICE_MEMORY = VK10.VK_ERROR_OUT_OF_DEVICE_MEMORY;

  /** What a driver answers that cannot map memory. */
  public static final int MEMORY_MAP_FAILED = VK10.VK_ERROR_MEMORY_MAP_FAILED;

  /** What a driver answers that has no room for one more object. */
  public static final int TOO_MANY_OBJECTS = VK10.VK_ERROR_TOO_MANY_OBJECTS;

  /** What a driver answers once its device is gone. */
  public static final int DEVICE_LOST = VK10.VK_ERROR_DEVICE_LOST;

  /** Calls that make something and may fail for lack of memory. */
  public static final Set<String> CREATING = CallTable.CREATING;

  private static final Map<String, Closure> CLOSURES = new ConcurrentHashMap<>();
  private static volatile CallInterceptor installed;

  private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> live = new ConcurrentHashMap<>();
  private final Map<String, Integer> answers = new ConcurrentHashMap<>();
  private volatile Failure failure = new Failure(Set.of(), 0, 0);
  private volatile Observer observer = (call, arguments) -> {};

  private CallInterceptor() {}

  /** Sees calls before they are made, on the thread that makes them. */
  @FunctionalInterface
  public interface Observer {
    /** Sees one call; 32-bit arguments are zero-extended. */
    void called(String call, long[] arguments);

    /** Returns an observer that tells another one next. */
    default Observer and(Observer next) {
      return (call, arguments) -> {
        called(call, arguments);
        next.called(call, arguments);
      };
    }
  }

  /** Installs an interceptor; the caller closes it after the devices it has seen opened. */
  public static synchronized CallInterceptor install() {
    if (installed != null) {
      throw new IllegalStateException("an interceptor is installed already");
    }
    VulkanLoader.load(KronosOptions.defaults());
    // One that waits for its next use would lead to the driver past the interceptor.
    VulkanInstance.destroyIdle();
    Globals.replaceOnce();
    installed = new CallInterceptor();
    return installed;
  }

  /** Returns how often a function of the table was called. */
  public long count(String call) {
    return counter(counts, known(call)).get();
  }

  /**
   * Destroys instances that wait for their next use, as the end of the process does, and returns
   * the kinds of objects that were made and not destroyed, with their numbers.
   */
  public Map<String, Long> liveObjects() {
    VulkanInstance.destroyIdle();
    Map<String, Long> found = new TreeMap<>();
    live.forEach(
        (kind, number) -> {
          if (number.get() != 0) {
            found.put(kind, number.get());
          }
        });
    return found;
  }

  /** Answers a function with a result from now on, in place of the driver. */
  public void answer(String call, int result) {
    answers.put(known(call), result);
  }

  /** Leaves all calls to the driver again. */
  public void answerNothing() {
    answers.clear();
    failure = new Failure(Set.of(), 0, 0);
  }

  /** Answers the n-th call from now, from 1, of any of some functions with a result; that alone. */
  public void failNth(Set<String> calls, long nth, int result) {
    calls.forEach(CallInterceptor::known);
    failure = new Failure(calls, nth, result);
  }

  /** Returns the function that {@link #failNth} has answered, or null when it has not yet. */
  public String failed() {
    return failure.hit;
  }

  /** Shows calls to a test from now on. */
  public void observe(Observer next) {
    observer = next;
  }

  @Override
  public void close() {
    synchronized (CallInterceptor.class) {
      installed = null;
      // The next instance reaches the driver by itself.
      VulkanInstance.destroyIdle();
    }
  }

  private void receive(Closure closure, long result, long arguments) {
    CallTable.Call call = closure.call;
    counter(counts, call.name()).incrementAndGet();
    long[] values = values(call.parameters(), arguments);
    observer.called(call.name(), values);
    Integer answer = answers.get(call.name());
    if (answer == null) {
      answer = failure.answer(call.name());
    }
    if (answer != null) {
      MemoryUtil.memPutLong(result, answer);
      return;
    }
    closure.pass(result, arguments);
    note(call, values, result);
  }

  private void note(CallTable.Call call, long[] values, long result) {
    if (call.makes() != null && MemoryUtil.memGetInt(result) >= 0) {
      counter(live, call.makes()).incrementAndGet();
    } else if (call.destroys() != null && values[call.handleArgument()] != 0) {
      counter(live, call.destroys()).decrementAndGet();
    }
  }

  private static long[] values(String parameters, long arguments) {
    long[] values = new long[parameters.length()];
    for (int i = 0; i < values.length; i++) {
      long at = MemoryUtil.memGetAddress(arguments + (long) i * Long.BYTES);
      values[i] =
          parameters.charAt(i) == 'P'
              ? MemoryUtil.memGetLong(at)
              : Integer.toUnsignedLong(MemoryUtil.memGetInt(at));
    }
    return values;
  }

  private static AtomicLong counter(Map<String, AtomicLong> counters, String key) {
    return counters.computeIfAbsent(key, k -> new AtomicLong());
  }

  private static String known(String call) {
    if (CallTable.find(call) == null) {
      throw new IllegalArgumentException("not in the table: call=" + call);
    }
    return call;
  }

  /** Returns a closure in place of a function of the table; others stay as they are. */
  private static long wrap(String name, long address) {
    CallTable.Call call = CallTable.find(name);
    return call == null || address == 0
        ? address
        : CLOSURES.computeIfAbsent(name + "@" + address, k -> new Closure(call, address)).address;
  }

  /** Fails one call. */
  private static final class Failure {
    private final Set<String> calls;
    private final AtomicLong left;
    private final int result;
    private volatile String hit;

    Failure(Set<String> calls, long nth, int result) {
      this.calls = calls;
      this.left = new AtomicLong(nth);
      this.result = result;
    }

    Integer answer(String call) {
      if (!calls.contains(call) || left.decrementAndGet() != 0) {
        return null;
      }
      hit = call;
      return result;
    }
  }

  /** Stands in for one native function; called by native code, so it must not throw. */
  private static final class Closure implements CallbackI {
    private final CallTable.Call call;
    private final long original;
    private final long address;

    Closure(CallTable.Call call, long original) {
      this.call = call;
      this.original = original;
      this.address = address();
    }

    @Override
    public Callback.Descriptor getDescriptor() {
      return new Callback.Descriptor(Closure.class, MethodHandles.lookup(), call.interfaceOf());
    }

    @Override
    public void callback(long result, long arguments) {
      CallInterceptor active = installed;
      if (active == null || call.name().endsWith("ProcAddr")) {
        pass(result, arguments);
      } else {
        active.receive(this, result, arguments);
      }
      if (active != null && call.name().endsWith("ProcAddr")) {
        long name = MemoryUtil.memGetAddress(MemoryUtil.memGetAddress(arguments + Long.BYTES));
        long found = MemoryUtil.memGetAddress(result);
        MemoryUtil.memPutAddress(result, wrap(MemoryUtil.memASCII(name), found));
      }
    }

    void pass(long result, long arguments) {
      LibFFI.nffi_call(call.interfaceOf().address(), original, result, arguments);
    }
  }

  /** Reaches the fields in which LWJGL keeps the functions that need no instance. */
  private static final class Globals {
    private static boolean replaced;

    static void replaceOnce() {
      if (!replaced) {
        replace("vkGetInstanceProcAddr");
        replace("vkCreateInstance");
        replaced = true;
      }
    }

    private static void replace(String name) {
      try {
        Method commands = VK.class.getDeclaredMethod("getGlobalCommands");
        commands.setAccessible(true);
        Object table = commands.invoke(null);
        Field field = table.getClass().getDeclaredField(name);
        field.setAccessible(true);
        field.setLong(table, wrap(name, field.getLong(table)));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("LWJGL has changed: field=" + name, e);
      }
    }
  }
}
