/** True for a value that has the shape. */
export type Shape = (value: unknown) => boolean;

export const isText: Shape = (value) => typeof value === "string";
export const isNumber: Shape = (value) => typeof value === "number";
export const isFlag: Shape = (value) => typeof value === "boolean";

export const orNull =
  (shape: Shape): Shape =>
  (value) =>
    value === null || shape(value);

export const orMissing =
  (shape: Shape): Shape =>
  (value) =>
    value === undefined || shape(value);

export const listOf =
  (shape: Shape): Shape =>
  (value) =>
    Array.isArray(value) && value.every(shape);

export function oneOf<T extends string>(values: Record<T, true>): Shape {
  const known = new Set(Object.keys(values));
  return (value) => typeof value === "string" && known.has(value);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const mapOf =
  (shape: Shape): Shape =>
  (value) =>
    isObject(value) && Object.values(value).every(shape);

/** Names every field of `T`. A value may have more. */
export function objectOf<T>(fields: { [Name in keyof Required<T>]: Shape }): Shape {
  const shapes = Object.entries<Shape>(fields);
  return (value) => isObject(value) && shapes.every(([name, shape]) => shape(value[name]));
}

/** A discriminated union: the field `by` selects the shape. */
export function variantsOf<By extends string>(by: By, shapes: Readonly<Record<string, Shape>>): Shape {
  return (value) => {
    const which = isObject(value) ? value[by] : undefined;
    return Object.hasOwn(shapes, String(which)) && (shapes[String(which)]?.(value) ?? false);
  };
}
