// SPDX-License-Identifier: Apache-2.0
package dev.kronos;

/**
 * Reports a failure of the Kronos runtime. Its nested types separate errors of the caller, things
 * that are unsupported, failures of the device, and exhaustion.
 *
 * <p>Messages have the form {@code static phrase: name=value, name=value}; {@link #message} builds
 * them.
 */
public abstract class KronosException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message the message, see {@link #message}
   * @param cause what led to it, or null
   */
  protected KronosException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Builds a message of the form {@code phrase: name=value, name=value}.
   *
   * @param phrase a constant phrase that says what went wrong
   * @param namesAndValues names and values in turn; an even number of them
   * @return the message
   */
  public static String message(String phrase, Object... namesAndValues) {
    StringBuilder text = new StringBuilder(phrase);
    for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
      text.append(i == 0 ? ": " : ", ").append(namesAndValues[i]).append('=');
      text.append(namesAndValues[i + 1]);
    }
    return text.toString();
  }

  /** Reports a value given by the caller or by a setting that is not allowed. */
  public static final class InvalidArgument extends KronosException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception with its message. */
    public InvalidArgument(String message) {
      super(message, null);
    }

    /** Creates the exception with its message and its cause. */
    public InvalidArgument(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Reports something that this device or this version cannot do. */
  public static final class Unsupported extends KronosException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception with its message. */
    public Unsupported(String message) {
      super(message, null);
    }
  }

  /** Reports that no usable Vulkan device was found; the message says why and what to do. */
  public static final class NoDevice extends KronosException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception with its message. */
    public NoDevice(String message) {
      super(message, null);
    }

    /** Creates the exception with its message and its cause. */
    public NoDevice(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Reports that the device or its driver failed. The device it came from is not usable further.
   */
  public static final class DeviceFailure extends KronosException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception with its message. */
    public DeviceFailure(String message) {
      super(message, null);
    }

    /** Creates the exception with its message and its cause. */
    public DeviceFailure(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Reports that memory or another bounded resource is used up. Retrying with less may succeed. */
  public static final class Exhausted extends KronosException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception with its message. */
    public Exhausted(String message) {
      super(message, null);
    }

    /** Creates the exception with its message and its cause. */
    public Exhausted(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Reports the use of an object after it was closed. */
  public static final class Closed extends KronosException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception with its message. */
    public Closed(String message) {
      super(message, null);
    }
  }

  /**
   * Reports that a kernel touched bytes that its dispatch does not declare. Found where kernels are
   * checked only, see {@link KronosOption#DEBUG_CHECKED_KERNELS}.
   */
  public static final class UndeclaredAccess extends KronosException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception with its message. */
    public UndeclaredAccess(String message) {
      super(message, null);
    }
  }

  /** Reports that an owner was closed while something it lent was still held. */
  public static final class Leak extends KronosException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception with its message. */
    public Leak(String message) {
      super(message, null);
    }
  }
}
