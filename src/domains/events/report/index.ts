export { type Report, reportOf, seesPicture, showReport, toWrite } from './report.ts';
export {
	drawPicture,
	dropPicture,
	PictureForm,
	ReportForm,
	saveReport,
	TurnForm,
	withdrawReport,
} from './write.ts';
