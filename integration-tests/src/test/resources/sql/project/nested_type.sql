-- SPDX-License-Identifier: Apache-2.0
-- A filter that has an array to carry stays with Spark, and so does its scan.
SELECT codes FROM items WHERE item > 3
