// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels.probe;

import dev.kronos.vulkan.spirv.ShaderSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Compares one function of the GLSL library with Java: statements to run on the device, cases to
 * run them on, and what they must give.
 *
 * @param name what is probed
 * @param body GLSL statements, using the in_ and out_ functions of {@code probe.comp}
 * @param inputWords 64-bit words of a case
 * @param outputWords 64-bit words of a result
 * @param cases makes one case; called with a seeded source of edge values
 * @param twin computes the result that is expected
 */
public record Probe(
    String name,
    String body,
    int inputWords,
    int outputWords,
    Function<EdgeValues, long[]> cases,
    UnaryOperator<long[]> twin) {

  private static final String TEMPLATE = "/glsl/probe/probe.comp";

  /** Returns the name alone, for test reports. */
  @Override
  public String toString() {
    return name;
  }

  /**
   * Makes the shader to compile.
   *
   * @return the source
   */
  public ShaderSource source() {
    Map<String, String> macros =
        Map.of(
            "IN_WORDS", Integer.toString(inputWords), "OUT_WORDS", Integer.toString(outputWords));
    return new ShaderSource(
        "probe/" + name, template().replace("PROBE_BODY\n}", body + "\n}"), macros);
  }

  /**
   * Makes cases: of edge values alone the first half, of edge and random values the other.
   *
   * @param count how many
   * @param seed same seed, same cases
   * @return their words, one case behind the other
   */
  public long[] inputs(int count, long seed) {
    EdgeValues edges = new EdgeValues(seed, EdgeValues.Mix.EDGES);
    EdgeValues all = new EdgeValues(seed, EdgeValues.Mix.ALL);
    long[] words = new long[count * inputWords];
    for (int i = 0; i < count; i++) {
      long[] one = cases.apply(i < count / 2 ? edges : all);
      if (one.length != inputWords) {
        throw new IllegalStateException("case has wrong size: probe=" + name);
      }
      System.arraycopy(one, 0, words, i * inputWords, inputWords);
    }
    return words;
  }

  private static String template() {
    try (InputStream in = Probe.class.getResourceAsStream(TEMPLATE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
