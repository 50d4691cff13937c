// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Rebuilds expressions with other operands, and writes those of calls. */
final class Children {
  private Children() {}

  /** Returns the text of a call: what stands before the operands, they, what stands behind. */
  static String text(String before, List<? extends Expression> children, String behind) {
    return children.stream()
        .map(Expression::toString)
        .collect(Collectors.joining(", ", before, behind));
  }

  /** Returns {@code e} with its children replaced, in the order of {@link Expression#children}. */
  static Expression replace(Expression e, List<Expression> children) {
    if (e instanceof Murmur3 x) {
      return new Murmur3(children, x.seed());
    }
    if (e instanceof XxHash64 x) {
      return new XxHash64(children, x.seed());
    }
    if (e instanceof Call x) {
      return new Call(x.function(), children, x.mode());
    }
    if (e instanceof Extreme x) {
      return new Extreme(x.end(), children);
    }
    if (e instanceof TextCall x) {
      return new TextCall(x.function(), children);
    }
    if (e instanceof Concat x) {
      return new Concat(x.kind(), children);
    }
    if (e instanceof TableLookup x) {
      return new TableLookup(children, x.table());
    }
    return switch (children.size()) {
      case 0 -> e;
      case 1 -> one(e, children);
      case 2 -> two(e, children);
      default -> many(e, children);
    };
  }

  private static Expression one(Expression e, List<Expression> children) {
    Expression child = children.get(0);
    if (e instanceof Cast x) {
      return new Cast(child, x.type(), x.mode());
    }
    if (e instanceof Negate x) {
      return new Negate(child, x.mode());
    }
    if (e instanceof Absolute x) {
      return new Absolute(child, x.mode());
    }
    if (e instanceof MakeDecimal x) {
      return new MakeDecimal(child, x.type(), x.mode());
    }
    if (e instanceof RoundNumber x) {
      return new RoundNumber(child, x.type(), x.places(), x.direction(), x.mode());
    }
    if (e instanceof FloatMath x) {
      return new FloatMath(x.function(), child);
    }
    if (e instanceof In x) {
      return new In(child, x.list());
    }
    if (e instanceof Like x) {
      return new Like(child, x.pattern());
    }
    if (e instanceof StringSize x) {
      return new StringSize(x.unit(), child);
    }
    if (e instanceof DatePart x) {
      return new DatePart(x.field(), child);
    }
    if (e instanceof DateRound x) {
      return new DateRound(x.boundary(), child);
    }
    if (e instanceof TableColumn x) {
      return new TableColumn(x.index(), x.type(), x.nullable(), child);
    }
    if (e instanceof Trim x) {
      return new Trim(x.ends(), child);
    }
    return wrapper(e, child, children);
  }

  private static Expression wrapper(Expression e, Expression child, List<Expression> children) {
    if (e instanceof Not) {
      return new Not(child);
    }
    if (e instanceof IsNull) {
      return new IsNull(child);
    }
    if (e instanceof IsNotNull) {
      return new IsNotNull(child);
    }
    if (e instanceof UnscaledValue) {
      return new UnscaledValue(child);
    }
    if (e instanceof BitwiseNot) {
      return new BitwiseNot(child);
    }
    if (e instanceof NormalizeFloat) {
      return new NormalizeFloat(child);
    }
    return many(e, children);
  }

  private static Expression two(Expression e, List<Expression> children) {
    Expression left = children.get(0);
    Expression right = children.get(1);
    if (e instanceof Arithmetic x) {
      return new Arithmetic(x.operator(), left, right, x.type(), x.mode());
    }
    if (e instanceof Comparison x) {
      return new Comparison(x.operator(), left, right);
    }
    if (e instanceof Bitwise x) {
      return new Bitwise(x.operator(), left, right);
    }
    if (e instanceof Shift x) {
      return new Shift(x.direction(), left, right, x.mode());
    }
    if (e instanceof DateShift x) {
      return new DateShift(x.operator(), left, right);
    }
    if (e instanceof StringMatch x) {
      return new StringMatch(x.place(), left, right);
    }
    return pair(e, left, right);
  }

  private static Expression pair(Expression e, Expression left, Expression right) {
    if (e instanceof FloatDivide) {
      return new FloatDivide(left, right);
    }
    if (e instanceof And) {
      return new And(left, right);
    }
    if (e instanceof Or) {
      return new Or(left, right);
    }
    if (e instanceof Bucket) {
      return new Bucket(left, (Literal) right);
    }
    return many(e, List.of(left, right));
  }

  private static Expression many(Expression e, List<Expression> children) {
    if (e instanceof Coalesce) {
      return new Coalesce(children);
    }
    if (e instanceof Substring) {
      return new Substring(children.get(0), children.get(1), children.get(2));
    }
    if (e instanceof CaseWhen) {
      List<CaseWhen.Branch> branches = new ArrayList<>();
      for (int i = 0; i + 1 < children.size(); i += 2) {
        branches.add(new CaseWhen.Branch(children.get(i), children.get(i + 1)));
      }
      return new CaseWhen(branches, children.get(children.size() - 1));
    }
    throw new IllegalStateException("cannot rebuild: expression=" + e);
  }
}
