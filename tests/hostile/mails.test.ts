import { losesNoMail } from './mails.ts';

losesNoMail(200);
