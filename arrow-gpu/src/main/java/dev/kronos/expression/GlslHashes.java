// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import dev.kronos.column.DataType;
import java.util.List;

/** Writes Spark's hashes. */
final class GlslHashes {
  private static final String INCLUDE = "murmur3.glsl";
  private final GlslEmitter out;
  private final GlslOperands operands;

  GlslHashes(GlslEmitter out, GlslOperands operands) {
    this.out = out;
    this.operands = operands;
  }

  GlslValue murmur3(Murmur3 e) {
    out.include(INCLUDE);
    String hash = out.define("uint", Integer.toUnsignedString(e.seed()) + "u");
    chain("murmur3_", hash, e.children());
    return operands.result(e.type(), "int(" + hash + ")", GlslValue.NEVER);
  }

  GlslValue xxhash64(XxHash64 e) {
    out.include("xxhash64.glsl");
    String hash = out.define("uint64_t", Long.toUnsignedString(e.seed()) + "ul");
    chain("xxhash64_", hash, e.children());
    return operands.result(e.type(), "int64_t(" + hash + ")", GlslValue.NEVER);
  }

  /** Hashes values one after the other; nulls leave the hash as it is. */
  private void chain(String function, String hash, List<Expression> children) {
    for (Expression child : children) {
      GlslValue value = out.emit(child);
      String step = hash + " = " + function + call(hash, value) + ";";
      if (value.neverNull()) {
        out.append(step);
      } else if (!value.alwaysNull()) {
        out.append("if (" + GlslOperands.not(value.isNull()) + ") { " + step + " }");
      }
    }
  }

  private static String call(String hash, GlslValue value) {
    Register register = value.register();
    String code = value.value();
    if (value.type().isDecimal() && register == Register.INT) {
      code = register.convert(code, Register.LONG);
      register = Register.LONG;
    }
    return suffix(register) + "(" + hash + ", " + code + ")";
  }

  /** Returns how functions of hashes name a register. */
  static String suffix(Register register) {
    return switch (register) {
      case BOOL -> "bool";
      case INT -> "i32";
      case LONG -> "i64";
      case FLOAT -> "f32";
      case DOUBLE -> "f64";
      case WIDE -> "i128";
      case TEXT -> "str";
    };
  }

  GlslValue bucket(Bucket e) {
    out.include(INCLUDE);
    GlslValue hash = out.emit(e.hash());
    GlslValue buckets = out.emit(e.buckets());
    String code = "bucket_of(" + hash.value() + ", " + buckets.value() + ")";
    return operands.result(DataType.INT32, code, hash.isNull());
  }
}
