// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.column.DataType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Calls the methods that the catalogue names, with arguments chosen by the types and names of their
 * parameters, so that a function that is added is called without more ado.
 */
final class CatalogueCalls {
  /** Names of parameters that are INT32, whatever the values are. */
  private static final Set<String> COUNTS = Set.of("indices", "days", "months");

  private final Function<Class<?>, Object> instances;
  private final Arguments arguments;

  /**
   * Says what calls get.
   *
   * @param values vectors of one type and length, 3 at least
   * @param flags booleans, as many
   * @param places indices of values, as many, INT32; counts as well
   * @param constant a value of the type
   * @param choice which constant of an enumeration
   */
  record Arguments(
      List<FieldVector> values,
      FieldVector flags,
      FieldVector places,
      Scalar constant,
      int choice) {}

  /**
   * Makes calls.
   *
   * @param instances gives an object of a class of functions
   */
  CatalogueCalls(Function<Class<?>, Object> instances, Arguments arguments) {
    this.instances = instances;
    this.arguments = arguments;
  }

  /** Returns the public methods of a name such as {@code Joins.inner}: one at least. */
  static List<Method> methods(String name) {
    String[] parts = name.split("\\.", -1);
    List<Method> found =
        Arrays.stream(owner(parts[0]).getDeclaredMethods())
            .filter(method -> method.getName().equals(parts[1]))
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .toList();
    if (found.isEmpty()) {
      throw new AssertionError("no such method: name=" + name);
    }
    return found;
  }

  static Class<?> owner(String name) {
    try {
      return Class.forName("dev.kronos.compute." + name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  /** Calls a method; what it returns is evaluated where it is not a result itself. */
  Object call(Method method) {
    List<Object> given = new ArrayList<>();
    for (Parameter parameter : method.getParameters()) {
      given.add(argument(parameter, given));
    }
    boolean isStatic = Modifier.isStatic(method.getModifiers());
    Object instance = isStatic ? null : instances.apply(method.getDeclaringClass());
    Object result = invoke(method, instance, given);
    if (result instanceof ArrowFunction function) {
      FieldVector[] operands =
          arguments.values.subList(0, function.shape().least()).toArray(FieldVector[]::new);
      return ((Elementwise) instances.apply(Elementwise.class)).call(function, operands);
    }
    return result instanceof GroupAggregate aggregate ? grouped(aggregate) : result;
  }

  private Object grouped(GroupAggregate aggregate) {
    return ((Grouping) instances.apply(Grouping.class))
        .groupBy(List.of(arguments.flags), List.of(aggregate));
  }

  private static Object invoke(Method method, Object instance, List<Object> given) {
    try {
      return method.invoke(instance, given.toArray());
    } catch (InvocationTargetException e) {
      throw (RuntimeException) e.getCause();
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private Object argument(Parameter parameter, List<Object> before) {
    Class<?> type = parameter.getType();
    if (type == FieldVector.class) {
      return vector(parameter.getName(), before);
    } else if (type == FieldVector[].class) {
      return arguments.values.toArray(FieldVector[]::new);
    } else if (type == VectorSchemaRoot.class) {
      return new VectorSchemaRoot(arguments.values.subList(0, 2));
    } else if (type == Scalar.class) {
      return COUNTS.contains(parameter.getName()) ? Scalar.of(3) : arguments.constant;
    } else if (type == JoinSide.class) {
      return side(before.size());
    } else if (type == SortKey.class) {
      return SortKey.descending(arguments.values.get(0));
    } else if (type == Matrix.class) {
      return Matrix.of(arguments.values.get(before.size()), 5, 5);
    } else if (type == List.class) {
      return list(parameter);
    }
    return constant(parameter);
  }

  private Object vector(String name, List<Object> before) {
    if (COUNTS.contains(name)) {
      return arguments.places;
    } else if (name.equals("mask") || name.equals("condition")) {
      return arguments.flags;
    }
    return arguments.values.get((int) before.stream().filter(arguments.values::contains).count());
  }

  private JoinSide side(int place) {
    FieldVector key = arguments.values.get(place);
    return new JoinSide(List.of(key), List.of(key, arguments.values.get(2)));
  }

  private Object list(Parameter parameter) {
    String type = parameter.getParameterizedType().getTypeName();
    if (type.contains("SortKey")) {
      return arguments.values.stream().map(SortKey::ascending).toList();
    } else if (type.contains("GroupAggregate")) {
      return List.of(
          GroupAggregate.count(arguments.values.get(0), CountMode.ALL),
          GroupAggregate.count(arguments.values.get(2), CountMode.ONLY_VALID));
    } else if (type.contains("FieldVector")) {
      return arguments.values.subList(0, 2);
    }
    throw new AssertionError("no argument of this type: parameter=" + parameter);
  }

  private Object constant(Parameter parameter) {
    Class<?> type = parameter.getType();
    if (type == int.class) {
      return 1;
    } else if (type == byte.class) {
      return (byte) 1;
    } else if (type == long.class) {
      return 7L;
    } else if (type == String.class) {
      return parameter.getName().equals("pattern") ? "yyyy" : "a";
    } else if (type == DataType.class) {
      return DataType.decimal(10, 2);
    } else if (type == ZoneId.class) {
      return ZoneOffset.UTC;
    } else if (type == RoundingMode.class) {
      return RoundingMode.HALF_UP;
    } else if (type.isEnum()) {
      Object[] constants = type.getEnumConstants();
      return constants[arguments.choice % constants.length];
    }
    throw new AssertionError("no argument of this type: parameter=" + parameter);
  }
}
