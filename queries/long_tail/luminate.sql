-- What share of tracks has at most 1,000 streams in a year, over all services?
-- One row per year of the report. Another measure than anything in the archive: streams of one year, over all services.
-- Denominator: tracks (ISRCs) on audio services in the year.
--
-- unit: recordings
-- key: report_year
-- rows: 1..50
select
    year as report_year,
    tracks_on_services_millions * 1000000 as track_count,
    share_up_to_1000_streams_percent / 100 as low_stream_share
from published.low_stream_tracks_luminate
order by report_year
