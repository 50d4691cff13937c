-- SPDX-License-Identifier: Apache-2.0
-- The same casts in the other mode: what does not fit wraps around or becomes null.
SET spark.sql.ansi.enabled = false;
SELECT
  cast(id * 100 AS tinyint) AS small,
  cast(price AS int) AS whole,
  cast(price * 1000000 AS decimal(7,2)) AS narrow,
  id / (quantity - 1) AS share,
  id % (quantity - 1) AS rest
FROM sales
