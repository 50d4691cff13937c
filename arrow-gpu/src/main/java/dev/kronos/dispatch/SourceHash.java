// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import dev.kronos.vulkan.spirv.IncludeResolver;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Hashes everything that the SPIR-V of a source depends on: its macros and its text with all
 * includes, so that a cache on disk never serves code of an older include file. The name of the
 * source does not count.
 */
final class SourceHash {

  /** Changes when the compiler or its options change what they make of the same text. */
  private static final String COMPILER = "lwjgl-shaderc-3.4.3 vulkan1.3 spirv1.6 3";

  private SourceHash() {}

  /** Returns 64 hexadecimal digits. */
  static String of(ShaderSource source, IncludeResolver includes) {
    ShaderSource nameless = new ShaderSource("kernel", source.glsl(), source.macros());
    MessageDigest digest = sha256();
    add(digest, COMPILER);
    source
        .macros()
        .forEach(
            (name, value) -> {
              add(digest, name);
              add(digest, value);
            });
    add(digest, includes.expand(nameless));
    return hex(digest.digest());
  }

  /** Adds the length as well, so that no two lists of texts give the same bytes. */
  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      digest.update((byte) (bytes.length >>> shift));
    }
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 missing from the Java platform", e);
    }
  }

  private static String hex(byte[] bytes) {
    StringBuilder text = new StringBuilder(2 * bytes.length);
    for (byte b : bytes) {
      text.append(Character.forDigit(b >> 4 & 0xf, 16)).append(Character.forDigit(b & 0xf, 16));
    }
    return text.toString();
  }
}
