<?xml version="1.0" encoding="utf-8"?>
<!--
  Makes one file of several: the views of all in the order given. Whatever a view shows may come from strangers, so each value goes through
  DisplayText, which makes control characters visible. A script that does so itself, as one with several lines must, is left as it is.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="xml" encoding="utf-8" indent="yes" />
  <xsl:strip-space elements="*" />

  <xsl:template match="/files">
    <Configuration>
      <ViewDefinitions>
        <xsl:apply-templates select="document(file)/Configuration/ViewDefinitions/View" />
      </ViewDefinitions>
    </Configuration>
  </xsl:template>

  <xsl:template match="*">
    <xsl:copy>
      <xsl:apply-templates select="*|text()" />
    </xsl:copy>
  </xsl:template>

  <!-- A column that is a script has no label of its own. -->
  <xsl:template match="TableColumnHeader[not(Label)]">
    <xsl:variable name="column" select="count(preceding-sibling::TableColumnHeader) + 1" />
    <xsl:variable name="property" select="../../TableRowEntries/TableRowEntry[1]/TableColumnItems/TableColumnItem[$column]/PropertyName" />
    <xsl:copy>
      <xsl:if test="$property">
        <Label><xsl:value-of select="$property" /></Label>
      </xsl:if>
      <xsl:apply-templates select="*" />
    </xsl:copy>
  </xsl:template>

  <xsl:template match="ListItem[PropertyName and not(Label)]|GroupBy[PropertyName and not(Label)]">
    <xsl:copy>
      <xsl:apply-templates select="ItemSelectionCondition" />
      <Label><xsl:value-of select="PropertyName" /></Label>
      <xsl:apply-templates select="*[not(self::ItemSelectionCondition)]" />
    </xsl:copy>
  </xsl:template>

  <!--
    PowerShell wraps within words. Where lines wrap, they are wrapped between words here; the last column has the rest of the window.
  -->
  <xsl:template match="TableRowEntry[Wrap]/TableColumnItems/TableColumnItem">
    <xsl:variable name="column" select="count(preceding-sibling::TableColumnItem) + 1" />
    <xsl:variable name="header" select="ancestor::TableControl/TableHeaders/TableColumnHeader[$column]" />
    <xsl:variable name="value">
      <xsl:choose>
        <xsl:when test="PropertyName">$_.<xsl:value-of select="PropertyName" /></xsl:when>
        <xsl:otherwise>$(<xsl:value-of select="ScriptBlock" />)</xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:copy>
      <xsl:choose>
        <xsl:when test="$header/Width and not($header/Alignment)">
          <ScriptBlock>[MailAdmin.Client.DisplayText]::Wrap(<xsl:value-of select="$value" />, <xsl:value-of select="$header/Width" />)</ScriptBlock>
        </xsl:when>
        <xsl:when test="not($header/Width)">
          <ScriptBlock>[MailAdmin.Client.DisplayText]::Wrap(<xsl:value-of select="$value" />, $Host.UI.RawUI.BufferSize.Width, <xsl:value-of select="sum($header/../TableColumnHeader/Width) + count($header/preceding-sibling::*)" />)</ScriptBlock>
        </xsl:when>
        <xsl:otherwise>
          <ScriptBlock>[MailAdmin.Client.DisplayText]::CleanValue(<xsl:value-of select="$value" />)</ScriptBlock>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:copy>
  </xsl:template>

  <xsl:template match="TableColumnItem/PropertyName|ListItem/PropertyName|WideItem/PropertyName|GroupBy/PropertyName">
    <ScriptBlock>[MailAdmin.Client.DisplayText]::CleanValue($_.<xsl:value-of select="." />)</ScriptBlock>
  </xsl:template>

  <xsl:template match="TableColumnItem/ScriptBlock[not(contains(., 'DisplayText'))]|ListItem/ScriptBlock[not(contains(., 'DisplayText'))]|GroupBy/ScriptBlock[not(contains(., 'DisplayText'))]">
    <ScriptBlock>[MailAdmin.Client.DisplayText]::CleanValue($(<xsl:value-of select="." />))</ScriptBlock>
  </xsl:template>
</xsl:stylesheet>
