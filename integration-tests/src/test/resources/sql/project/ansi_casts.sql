-- SPDX-License-Identifier: Apache-2.0
-- Casts and arithmetic that fail where a value does not fit: the default mode of Spark 4.
SELECT
  cast(id AS int) + 1 AS next,
  cast(quantity AS tinyint) AS small,
  cast(price AS int) AS whole,
  cast(price * quantity AS decimal(10,1)) AS rounded,
  id / quantity AS share,
  cast(sold AS timestamp) AS at
FROM sales
