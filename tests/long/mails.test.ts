import { losesNoMail } from '#tests/hostile/mails.ts';

losesNoMail(10_000);
