// SPDX-License-Identifier: Apache-2.0
package dev.kronos;

import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies the setting {@code log} to the loggers of Kronos. SLF4J has no call for it, so the
 * library behind it is told: Log4j 2 (Spark's), slf4j-simple, or the JDK's. With another one the
 * setting has no effect.
 */
final class LogControl {
  private static final String ROOT = "dev.kronos";

  /** Kept so that the JDK's logging does not forget the level with the logger. */
  private static final Logger JDK_LOGGER = Logger.getLogger(ROOT);

  private static final Map<LogLevel, Level> JDK_LEVELS =
      Map.of(
          LogLevel.OFF, Level.OFF,
          LogLevel.ERROR, Level.SEVERE,
          LogLevel.WARN, Level.WARNING,
          LogLevel.INFO, Level.INFO,
          LogLevel.DEBUG, Level.FINE,
          LogLevel.TRACE, Level.FINEST);

  private LogControl() {}

  /** Sets the level of every Kronos logger; INHERIT changes nothing. */
  static void apply(LogLevel level) {
    if (level == LogLevel.INHERIT) {
      return;
    }
    JDK_LOGGER.setLevel(JDK_LEVELS.get(level));
    System.setProperty("org.slf4j.simpleLogger.log." + ROOT, level.name());
    String factory = LoggerFactory.getILoggerFactory().getClass().getName();
    if (factory.startsWith("org.apache.logging.slf4j")) {
      applyToLog4j(level);
    }
  }

  private static void applyToLog4j(LogLevel level) {
    try {
      Class<?> levels = Class.forName("org.apache.logging.log4j.Level");
      Class<?> configurator = Class.forName("org.apache.logging.log4j.core.config.Configurator");
      Object value = levels.getMethod("valueOf", String.class).invoke(null, level.name());
      configurator.getMethod("setLevel", String.class, levels).invoke(null, ROOT, value);
    } catch (ReflectiveOperationException e) {
      LoggerFactory.getLogger(LogControl.class)
          .warn("log level not applied: level={}, cause={}", level, e.toString());
    }
  }
}
