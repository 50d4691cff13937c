// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.spirv;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says how a shader is built. */
public enum ShaderBuild {
  /**
   * As it is written, for what is made while somebody waits: in little time, unless loops ask to be
   * unrolled.
   */
  PLAIN,

  /** As it is written, optimised as far as it goes: for what is made when Kronos is built. */
  SHIPPED,

  /** As it is written, not optimised: for drivers that cannot compile what optimising makes. */
  RAW,

  /**
   * With every access to global memory checked against what its dispatch declared, as {@code
   * include/checked.glsl} draws it. For tests: slower, and only for shaders that follow {@code
   * abi.glsl}.
   */
  CHECKED;

  private static final Pattern VERSION = Pattern.compile("(?m)^\\s*#\\s*version\\b.*\\n");
  private static final String BEFORE = "#include \"checked.glsl\"\n";
  private static final String AFTER =
      "\n#undef main\nvoid main() {\n  kronos_main();\n  kronos_report();\n}\n";

  /** Changes when {@link AccessChecks} changes what it makes of the same code. */
  private static final String CHECKS_VERSION = "3";

  /**
   * Returns the source that is compiled. Sources of different builds differ, so that a cache by
   * source does not mix them.
   *
   * @param source as it is written; not null
   * @return the source with what this build adds to it
   */
  public ShaderSource sourceOf(ShaderSource source) {
    if (this != CHECKED) {
      return source;
    }
    Map<String, String> macros = new TreeMap<>(source.macros());
    macros.put("main", "kronos_main");
    macros.put("KRONOS_CHECKED", CHECKS_VERSION);
    Matcher version = VERSION.matcher(source.glsl());
    int start = version.find() ? version.end() : 0;
    String glsl =
        source.glsl().substring(0, start) + BEFORE + source.glsl().substring(start) + AFTER;
    return new ShaderSource(source.name(), glsl, macros);
  }
}
