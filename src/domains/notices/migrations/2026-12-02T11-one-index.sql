-- What is unread is found by the index that keeps one line for one thing: it begins with the same person, and holds the same rows.
-- Two of them were written for each person told.
drop index notices.notice_unread;
