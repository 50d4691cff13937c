-- SPDX-License-Identifier: Apache-2.0
-- Times are read on the device: with zones by name, and null where there is none.
SELECT
  cast(concat(sold, ' 12:30:15.5 Europe/Paris') AS timestamp) AS at,
  cast(concat(sold, 'T', quantity % 24) AS timestamp_ntz) AS clock,
  try_to_timestamp(region) AS none
FROM sales
