-- What the queries compute in one way. fewest_around_minute(), fewest_in_year(), fewest_in_group() and
-- standard_errors() come from report/core/limits.py.
--
-- A fact `x` beside `x_standard_error` decides, and is compared in a headline, only beyond that many standard errors.

-- Of a share: k of n. By the rule of Agresti and Coull, so that 0 of 20 is not certain.
create macro share_standard_error(k, n) as
case when n > 0 then sqrt((k + 2) / (n + 4) * (1 - (k + 2) / (n + 4)) / (n + 4)) end;

-- Of a mean, from the number of values, their sum and the sum of their squares.
create macro mean_standard_error(n, total, square_total) as
case when n > 1 then sqrt(greatest(cast(square_total as double) - cast(total as double) ** 2 / n, 0) / (n - 1) / n) end;

-- Of the difference or the sum of two independent numbers.
create macro difference_standard_error(a_error, b_error) as sqrt(a_error ** 2 + b_error ** 2);

-- Of a over b, both independent.
create macro quotient_standard_error(a, a_error, b, b_error) as
sqrt(a_error ** 2 + (a / b * b_error) ** 2) / nullif(abs(b), 0);

-- Of a count over the mean of `seconds` others that come to `around`: both vary as counts do.
create macro heaping_standard_error(track_count, around, seconds) as
case when around > 0 then seconds / around * sqrt(greatest(track_count, 1) + track_count ** 2 / around) end;

-- Of a correlation of n pairs.
create macro correlation_standard_error(r, n) as case when n > 2 then (1 - r ** 2) / sqrt(n - 2) end;

-- Whether a number is above or below a limit by more than chance makes.
create macro is_above(x, x_error, x_limit) as x - standard_errors() * x_error > x_limit;
create macro is_below(x, x_error, x_limit) as x + standard_errors() * x_error < x_limit;

-- What has the highest or the lowest value, where it is alone with it: among ties nothing is first.
create macro only_arg_max(x, x_value) as
case when max(x_value, 2)[1] is distinct from max(x_value, 2)[2] then arg_max(x, x_value) end;
create macro only_arg_min(x, x_value) as
case when min(x_value, 2)[1] is distinct from min(x_value, 2)[2] then arg_min(x, x_value) end;

-- How many of a whole are in a part: none where the whole is known and nothing of it is there.
create macro count_in(part, whole) as case when whole is not null then coalesce(part, 0) end;
