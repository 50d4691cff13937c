-- SPDX-License-Identifier: Apache-2.0
-- A thousand sales: nulls among the regions and weights, 99 prices, each of them many times.
SELECT
  id,
  cast(id % 11 AS int) AS item,
  CASE id % 5 WHEN 0 THEN 'north' WHEN 1 THEN 'south' WHEN 2 THEN 'east' WHEN 3 THEN 'west' END
    AS region,
  cast(id % 7 + 1 AS int) AS quantity,
  cast((id * 37 % 99) * 0.25 AS decimal(15,2)) AS price,
  if(id % 13 = 0, null, cast(id % 29 AS double) / 4) AS weight,
  date_add(DATE '2026-01-01', cast(id % 365 AS int)) AS sold
FROM range(1000)
