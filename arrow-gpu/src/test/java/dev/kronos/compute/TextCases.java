// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import java.util.ArrayList;
import java.util.List;

/** Lists functions of strings that are made of parameters. */
final class TextCases {
  private TextCases() {}

  static List<ParameterCase> all() {
    List<ParameterCase> cases = new ArrayList<>();
    patterns(cases);
    trims(cases);
    pads(cases);
    bytePads(cases);
    places(cases);
    others(cases);
    return cases;
  }

  private static void trims(List<ParameterCase> cases) {
    for (String set : List.of("", "a ", "zé€")) {
      cases.add(
          ParameterCase.of(
              set,
              TextFunctions.utf8Trim(set),
              (t, v) -> OracleText.trimmed(v.get(0), set, true, true)));
      cases.add(
          ParameterCase.of(
              set,
              TextFunctions.utf8LeftTrim(set),
              (t, v) -> OracleText.trimmed(v.get(0), set, true, false)));
      cases.add(
          ParameterCase.of(
              set,
              TextFunctions.utf8RightTrim(set),
              (t, v) -> OracleText.trimmed(v.get(0), set, false, true)));
    }
  }

  private static void pads(List<ParameterCase> cases) {
    for (int width : new int[] {Integer.MIN_VALUE, 0, 1, 6, 7}) {
      String padding = width == 6 ? "é" : "-";
      cases.add(
          ParameterCase.of(
              width + padding,
              TextFunctions.utf8LeftPad(width, padding),
              (t, v) ->
                  OracleText.filled(v.get(0), OracleText.missing(v.get(0), width), 0, padding)));
      cases.add(
          ParameterCase.of(
              width + padding,
              TextFunctions.utf8RightPad(width, padding),
              (t, v) ->
                  OracleText.filled(v.get(0), 0, OracleText.missing(v.get(0), width), padding)));
      cases.add(
          ParameterCase.of(
              width + padding,
              TextFunctions.utf8Center(width, padding),
              (t, v) -> {
                int missing = OracleText.missing(v.get(0), width);
                return OracleText.filled(v.get(0), missing / 2, missing - missing / 2, padding);
              }));
    }
  }

  /** A byte is no character of UTF-8, be it all of its bits. */
  private static void bytePads(List<ParameterCase> cases) {
    for (int width : new int[] {Integer.MIN_VALUE, 0, 1, 7}) {
      byte padding = (byte) (width == 7 ? 0xFF : 0);
      String filling = "" + (char) (padding & 0xFF);
      cases.add(
          ParameterCase.of(
              "" + width,
              TextFunctions.binaryLeftPad(width, padding),
              (t, v) -> OracleText.text(fillings(v, width, filling) + OracleText.bytes(v.get(0)))));
      cases.add(
          ParameterCase.of(
              "" + width,
              TextFunctions.binaryRightPad(width, padding),
              (t, v) -> OracleText.text(OracleText.bytes(v.get(0)) + fillings(v, width, filling))));
    }
  }

  private static String fillings(List<Object> values, int width, String filling) {
    return filling.repeat(
        (int) Math.max(0, (long) width - OracleText.bytes(values.get(0)).length()));
  }

  private static void places(List<ParameterCase> cases) {
    for (String part : List.of("", "b", " ", "é", "😀z", "ef")) {
      cases.add(
          ParameterCase.of(
              part,
              TextFunctions.findSubstring(part),
              (t, v) -> OracleText.bytes(v.get(0)).indexOf(OracleText.encoded(part))));
      cases.add(
          ParameterCase.of(
              part,
              TextFunctions.utf8Find(part),
              (t, v) -> OracleText.foundCharacter(v.get(0), part)));
      if (!part.isEmpty()) {
        cases.add(
            ParameterCase.of(
                part,
                TextFunctions.countSubstring(part),
                (t, v) -> OracleText.counted(v.get(0), part)));
      }
    }
  }

  private static void others(List<ParameterCase> cases) {
    for (int times : new int[] {0, 1, 3}) {
      cases.add(
          ParameterCase.of(
              "" + times,
              TextFunctions.binaryRepeat(times),
              (t, v) -> OracleText.text(OracleText.bytes(v.get(0)).repeat(times))));
    }
    for (int[] slice : new int[][] {{0, 0}, {1, 3}, {2, 2}, {0, Integer.MAX_VALUE}}) {
      cases.add(
          ParameterCase.of(
              slice[0] + ", " + slice[1],
              TextFunctions.utf8ReplaceSlice(slice[0], slice[1], "<é>"),
              (t, v) ->
                  OracleText.text(
                      OracleText.bytes(OracleText.slice(v.get(0), 0, slice[0]))
                          + OracleText.encoded("<é>")
                          + OracleText.bytes(
                              OracleText.slice(v.get(0), slice[1], Integer.MAX_VALUE)))));
    }
    for (List<String> pair : List.of(List.of("abé", "x€"), List.of("aa", "xy"), List.of("", ""))) {
      cases.add(
          ParameterCase.of(
              pair.toString(),
              TextFunctions.translate(pair.get(0), pair.get(1)),
              (t, v) -> OracleText.translated(v.get(0), pair.get(0), pair.get(1))));
    }
    for (String delimiter : List.of("", " ", "é")) {
      for (int part : new int[] {1, 2, -1, Integer.MIN_VALUE}) {
        cases.add(
            ParameterCase.of(
                delimiter + part,
                TextFunctions.splitPart(delimiter, part),
                (t, v) -> OracleText.part(v.get(0), delimiter, part)));
      }
    }
  }

  private static void patterns(List<ParameterCase> cases) {
    for (String pattern : List.of("", "%", "_", "a%", "%b%", "_b_")) {
      cases.add(
          ParameterCase.of(
              pattern,
              Functions.matchLike(pattern),
              (t, v) ->
                  OracleText.like(OracleText.characters(OracleText.bytes(v.get(0))), pattern)));
    }
    for (int[] slice : new int[][] {{0, 0}, {0, 3}, {2, Integer.MAX_VALUE}, {7, 1}}) {
      cases.add(
          ParameterCase.of(
              slice[0] + ", " + slice[1],
              Functions.utf8Slice(slice[0], slice[1]),
              (t, v) -> OracleText.slice(v.get(0), slice[0], slice[1])));
    }
    for (List<String> pair : List.of(List.of("a", ""), List.of("b", "äöü"), List.of("", "x"))) {
      cases.add(
          ParameterCase.of(
              pair.toString(),
              Functions.replaceSubstring(pair.get(0), pair.get(1)),
              (t, v) -> OracleText.replaced(v.get(0), pair.get(0), pair.get(1))));
    }
    for (String separator : List.of("", "-é-")) {
      cases.add(
          ParameterCase.of(
              separator,
              Functions.joinElementWise(separator),
              (t, v) ->
                  OracleText.text(
                      OracleText.bytes(v.get(0))
                          + OracleText.encoded(separator)
                          + OracleText.bytes(v.get(1)))));
    }
  }
}
