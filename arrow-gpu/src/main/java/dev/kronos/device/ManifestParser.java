// SPDX-License-Identifier: Apache-2.0
package dev.kronos.device;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads driver manifests: {@code {"file_format_version": "1.0.0", "ICD": {"library_path": "...",
 * "api_version": "1.3.200"}}}, as the Vulkan loader documents them. Bounds what it reads, so that a
 * hostile file costs little: 64 KiB, 16 levels, strings of 4,096 characters, no key twice.
 */
final class ManifestParser {
  private static final int MAX_FILE_BYTES = 1 << 16;
  private static final int MAX_NESTING = 16;
  private static final int MAX_STRING_CHARS = 4096;
  private static final String ICD = "ICD";

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_NESTING)
                  .maxStringLength(MAX_STRING_CHARS)
                  .build())
          .build();

  private ManifestParser() {}

  /**
   * Reads a manifest.
   *
   * @throws ManifestException when it cannot be used
   */
  static IcdManifest read(Path file) throws ManifestException {
    Map<String, String> texts = parse(content(file));
    String version = texts.get("file_format_version");
    if (version == null || !version.startsWith("1.")) {
      throw new ManifestException("file_format_version is not 1.x: " + version);
    }
    String library = texts.get("ICD.library_path");
    if (library == null || library.isBlank()) {
      throw new ManifestException("ICD.library_path is missing");
    }
    if (library.chars().anyMatch(Character::isISOControl)) {
      throw new ManifestException("ICD.library_path has control characters");
    }
    if ("32".equals(texts.get("ICD.library_arch"))) {
      throw new ManifestException("ICD.library_arch says that the driver is for 32 bits");
    }
    return new IcdManifest(file, resolve(file, library), texts.getOrDefault("ICD.api_version", ""));
  }

  private static byte[] content(Path file) throws ManifestException {
    if (!Files.exists(file)) {
      throw new ManifestException("the file does not exist");
    }
    // Opening a pipe or a device could wait for ever.
    if (!Files.isRegularFile(file)) {
      throw new ManifestException("it is not a regular file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(MAX_FILE_BYTES + 1);
      if (content.length > MAX_FILE_BYTES) {
        throw new ManifestException("the file is larger than " + MAX_FILE_BYTES + " bytes");
      }
      return content;
    } catch (IOException e) {
      throw new ManifestException("the file cannot be read", e);
    }
  }

  /** Returns the text values at the top and inside the ICD object, the latter as "ICD.name". */
  private static Map<String, String> parse(byte[] content) throws ManifestException {
    try (JsonParser json = JSON.createParser(content)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new ManifestException("it does not hold a JSON object");
      }
      Map<String, String> texts = new HashMap<>();
      readObject(json, "", texts);
      if (json.nextToken() != null) {
        throw new ManifestException("something follows its JSON object");
      }
      return texts;
    } catch (JsonProcessingException e) {
      throw new ManifestException("it is not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new ManifestException("the file cannot be read", e);
    }
  }

  private static void readObject(JsonParser json, String prefix, Map<String, String> texts)
      throws IOException {
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (value == JsonToken.VALUE_STRING) {
        texts.put(prefix + name, json.getText());
      } else if (value == JsonToken.START_OBJECT && prefix.isEmpty() && name.equals(ICD)) {
        readObject(json, ICD + ".", texts);
      } else {
        json.skipChildren();
      }
    }
  }

  /** Paths with a slash are relative to the manifest; bare names are left to the linker. */
  private static String resolve(Path file, String library) throws ManifestException {
    if (library.indexOf('/') < 0) {
      return library;
    }
    try {
      return file.toAbsolutePath().resolveSibling(library).normalize().toString();
    } catch (InvalidPathException e) {
      throw new ManifestException("ICD.library_path is not a path", e);
    }
  }
}
