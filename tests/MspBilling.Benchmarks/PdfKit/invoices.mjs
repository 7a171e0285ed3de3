// The benchmark's invoice with PDFKit, as its documentation would have it written: fonts read once, the file kept in memory.
// Each line of standard input is a number of invoices; each line of standard output what they took, in seconds, and the bytes of the last.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import PDFDocument from "pdfkit";

const [, , dataPath, regularPath, boldPath, samplePath] = process.argv;
const documents = JSON.parse(readFileSync(dataPath, "utf8"));
const regular = readFileSync(regularPath);
const bold = readFileSync(boldPath);

const left = 45;
const right = 550;
const bottom = 790;
const ink = "#1F2937";
const grey = "#6B7280";

function render(invoice) {
  return new Promise((resolve) => {
    const pdf = new PDFDocument({ size: "A4", margin: 0, bufferPages: true, font: null, info: { Title: invoice.title, Author: invoice.issuer[0] } });
    const chunks = [];
    pdf.on("data", (chunk) => chunks.push(chunk));
    pdf.on("end", () => resolve(Buffer.concat(chunks)));
    pdf.registerFont("regular", regular).registerFont("bold", bold);

    const style = (font, size, color) => pdf.font(font).fontSize(size).fillColor(color);
    const write = (text, x, y) => pdf.text(text, x, y, { lineBreak: false });
    const writeRight = (text, x, y) => write(text, x - pdf.widthOfString(text), y);
    const rule = (y, color, thickness) => pdf.moveTo(left, y).lineTo(right, y).lineWidth(thickness).strokeColor(color).stroke();

    let y = 36;
    style("bold", 17, invoice.color);
    write(invoice.issuer[0], left, y);
    style("regular", 7.5, grey);
    for (const line of invoice.issuer.slice(1)) {
      writeRight(line, right, y);
      y += 9.9;
    }

    style("bold", 24, ink);
    write("Invoice", left, 112);
    y = 156;
    style("bold", 10, ink);
    write(invoice.billTo[0], left, y + 13);
    style("regular", 8.5, ink);
    invoice.billTo.slice(1).forEach((line, at) => write(line, left, y + 27 + 11.2 * at));
    for (const [label, value] of invoice.facts) {
      style("regular", 7.5, grey);
      write(label, 325, y + 1);
      style("regular", 8.5, ink);
      writeRight(value, right, y);
      y += 13.7;
    }

    y += 14;
    pdf.roundedRect(left, y, right - left, 56, 5).fill(invoice.tint);
    style("regular", 7.5, grey);
    write("Amount due", left + 16, y + 8);
    writeRight("Due date", right - 16, y + 13);
    style("bold", 20, invoice.color);
    write(invoice.total, left + 16, y + 20);
    style("bold", 10, ink);
    writeRight(invoice.dueDate, right - 16, y + 26);
    y += 72;

    const ends = [61, 0, 372, 400, 454, right];
    const header = () => {
      style("bold", 7, grey);
      invoice.columns.forEach((title, at) => (at === 1 || at === 3 ? write(title, at === 1 ? 72 : 384, y + 2) : writeRight(title, ends[at], y + 2)));
      rule(y + 14, invoice.color, 0.75);
      y += 16;
    };
    const sum = (label, figure, font) => {
      style("regular", 8, grey);
      writeRight(label, 490, y + 3);
      style(font, 8, font === "bold" ? ink : grey);
      writeRight(figure, right, y + 3);
    };

    header();
    let net = "";
    for (const group of invoice.groups) {
      style("bold", 8.5, invoice.color);
      write(group.title, left, y + 8);
      y += 22;
      for (const row of group.rows) {
        if (y + 28.8 > bottom) {
          sum("Carried forward", net, "regular");
          pdf.addPage();
          style("regular", 7.5, grey);
          write(`${invoice.issuer[0]}  ·  ${invoice.billTo[0]}`, left, 26);
          writeRight(invoice.title, right, 26);
          y = 48;
          header();
          sum("Brought forward", net, "regular");
          y += 14;
          style("bold", 8.5, invoice.color);
          write(`${group.title} (continued)`, left, y + 8);
          y += 22;
        }

        style("regular", 8, ink);
        row.cells.forEach((cell, at) => (at === 1 || at === 3 ? write(cell, at === 1 ? 72 : 384, y + 2) : writeRight(cell, ends[at], y + 2)));
        y += 14.76;
        rule(y, "#E5E7EB", 0.5);
        net = row.carried;
      }

      sum(`Subtotal ${group.title}`, group.subtotal, "bold");
      y += 22;
    }

    style("regular", 8.5, ink);
    let beside = y + 10;
    for (const line of invoice.notes) {
      write(line, left, beside);
      beside += 11.2;
    }

    y += 10;
    for (const [label, figure] of invoice.totals) {
      write(label, 327, y);
      writeRight(figure, right - 12, y);
      y += 16.2;
    }

    pdf.roundedRect(315, y + 3, right - 315, 28, 5).fill(invoice.tint);
    style("bold", 11, ink);
    write("Total", 327, y + 10);
    writeRight(invoice.total, right - 12, y + 10);

    const { count } = pdf.bufferedPageRange();
    for (let page = 0; page < count; page++) {
      pdf.switchToPage(page);
      pdf.rect(0, 0, 595.28, 5).fill(invoice.color);
      rule(800, "#E5E7EB", 0.5);
      style("regular", 7, grey);
      write(invoice.foot, left, 805);
      writeRight(`Page ${page + 1} of ${count}`, right, 805);
    }

    pdf.end();
  });
}

let rendered = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const start = process.hrtime.bigint();
  let bytes;
  for (let number = 0; number < Number(line); number++) {
    bytes = await render(documents[rendered++ % documents.length]);
  }

  console.log(`${Number(process.hrtime.bigint() - start) / 1e9} ${bytes.length}`);
  if (samplePath) {
    (await import("node:fs")).writeFileSync(samplePath, bytes);
  }
}
