-- Who did how much of what, by day: kept by a subscription, a moment behind the log.
create table activity (
    day        date not null,
    actor      text collate "C" not null,
    event_type text not null,
    events     bigint not null,
    bytes      bigint not null,
    primary key (day, actor, event_type)
);
